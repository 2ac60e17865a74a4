package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code graph.reachable} and {@code graph.reachable_paths}, over an object of neighbors. */
final class Graphs {
  private Graphs() {}

  static void addTo(BuiltinRegistry.Builder b) {
    String arguments = "(object[any: array[any] | set[any]], array[any] | set[any]): set[any]";
    b.add("graph.reachable" + arguments, Graphs::reachable);
    b.add(
        "graph.reachable_paths" + arguments.replace(": set[any]", ": set[array[any]]"),
        Graphs::reachablePaths);
  }

  private static JsonArray starts(JsonValue[] args) throws BuiltinException {
    JsonArray starts = Operands.items(args[1]);
    if (starts == null) {
      throw Operands.wrongType(args, 1, "{array, set}");
    }
    return starts;
  }

  private static JsonArray neighbors(JsonValue edges) {
    JsonArray items = Operands.items(edges);
    return items == null ? JsonArray.EMPTY : items;
  }

  private static JsonValue reachable(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonObject graph = Operands.object(args, 0);
    Deque<JsonValue> waiting = new ArrayDeque<>();
    starts(args).forEach(waiting::add);
    JsonSet.Builder reached = JsonSet.builder();
    while (!waiting.isEmpty()) {
      JsonValue node = waiting.remove();
      JsonValue edges = graph.get(node);
      if (edges == null || !reached.add(node)) {
        continue;
      }
      JsonArray neighbors = neighbors(edges);
      context.chargeValues(neighbors.size() + 1L);
      for (JsonValue neighbor : neighbors) {
        if (!reached.contains(neighbor)) {
          waiting.add(neighbor);
        }
      }
    }
    return reached.build();
  }

  private static JsonValue reachablePaths(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonObject graph = Operands.object(args, 0);
    Paths paths = new Paths(context, graph);
    for (JsonValue start : starts(args)) {
      JsonValue edges = graph.get(start);
      if (edges != null) {
        paths.start(start, neighbors(edges));
      }
    }
    return paths.found.build();
  }

  /** A search for all ways through a graph that visit no node twice. */
  private static final class Paths {
    private final BuiltinContext context;
    private final JsonObject graph;
    private final List<JsonValue> path = new ArrayList<>();
    private final Set<JsonValue> onPath = new HashSet<>();
    private final JsonSet.Builder found = JsonSet.builder();

    Paths(BuiltinContext context, JsonObject graph) {
      this.context = context;
      this.graph = graph;
    }

    /** Begins at a node; a node that is its own neighbor is visited a second time, as in OPA. */
    void start(JsonValue node, JsonArray neighbors) throws BuiltinException {
      from(node, neighbors, true);
    }

    private void from(JsonValue node, JsonArray neighbors, boolean first) throws BuiltinException {
      if (path.size() >= MAX_PATH) {
        throw BuiltinException.of("path too long");
      }
      path.add(node);
      boolean added = onPath.add(node);
      if (neighbors.isEmpty()) {
        commit();
      }
      for (JsonValue next : neighbors) {
        JsonValue edges = graph.get(next);
        if (edges == null || onPath.contains(next) && !first) {
          commit();
        } else {
          from(next, neighbors(edges), false);
        }
      }
      path.remove(path.size() - 1);
      if (added) {
        onPath.remove(node);
      }
    }

    private void commit() {
      context.chargeValues(path.size() + 1L);
      found.add(JsonArray.copyOf(path));
    }
  }

  /** Longer ways are refused: the search takes a stack frame for each node. */
  private static final int MAX_PATH = 2_000;
}
