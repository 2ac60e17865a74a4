package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.set;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Graphs beside matrices of who reaches whom. */
class GraphsModelTest {
  private static final int NODES = 6;

  private static Map<Object, Object> anyGraph(Random random, boolean[][] edges) {
    Map<Object, Object> graph = new LinkedHashMap<>();
    for (int from = 0; from < NODES; from++) {
      List<Object> neighbors = new ArrayList<>();
      for (int to = 0; to < NODES; to++) {
        if (random.nextInt(4) == 0) {
          neighbors.add(to);
          edges[from][to] = true;
        }
      }
      graph.put(from, random.nextBoolean() ? neighbors : set(neighbors.toArray()));
    }
    return graph;
  }

  @Test
  void who_is_reached_is_the_closure_of_the_edges() throws Exception {
    Random random = new Random(111);
    for (int i = 0; i < 1_000; i++) {
      boolean[][] reach = new boolean[NODES][NODES];
      Map<Object, Object> graph = anyGraph(random, reach);
      for (int via = 0; via < NODES; via++) {
        for (int from = 0; from < NODES; from++) {
          for (int to = 0; to < NODES; to++) {
            reach[from][to] |= reach[from][via] && reach[via][to];
          }
        }
      }
      int start = random.nextInt(NODES);
      TreeSet<Object> expected = new TreeSet<>(List.of(start));
      for (int to = 0; to < NODES; to++) {
        if (reach[start][to]) {
          expected.add(to);
        }
      }
      assertThat(call("graph.reachable", graph, List.of(start))).isEqualTo(set(expected.toArray()));
      assertThat(call("graph.reachable", graph, set(start))).isEqualTo(set(expected.toArray()));
    }
  }

  @Test
  void every_path_follows_edges_and_no_node_comes_twice() throws Exception {
    Random random = new Random(112);
    for (int i = 0; i < 500; i++) {
      boolean[][] edges = new boolean[NODES][NODES];
      Map<Object, Object> graph = anyGraph(random, edges);
      for (int n = 0; n < NODES; n++) {
        edges[n][n] = false;
        List<Object> neighbors = new ArrayList<>();
        for (int to = 0; to < NODES; to++) {
          if (edges[n][to]) {
            neighbors.add(to);
          }
        }
        graph.put(n, neighbors);
      }
      int start = random.nextInt(NODES);
      JsonSet paths =
          (JsonSet) Objects.requireNonNull(call("graph.reachable_paths", graph, List.of(start)));
      TreeSet<Integer> seen = new TreeSet<>();
      for (JsonValue path : paths) {
        JsonArray nodes = (JsonArray) path;
        assertThat(nodes.get(0)).hasToString(Integer.toString(start));
        TreeSet<Integer> visited = new TreeSet<>();
        for (int p = 0; p < nodes.size(); p++) {
          int node = Integer.parseInt(nodes.get(p).toString());
          assertThat(visited.add(node)).isTrue();
          assertThat(p == 0 || edges[Integer.parseInt(nodes.get(p - 1).toString())][node]).isTrue();
        }
        seen.addAll(visited);
      }
      JsonSet reached =
          (JsonSet) Objects.requireNonNull(call("graph.reachable", graph, List.of(start)));
      assertThat(set(seen.toArray())).isEqualTo(reached);
    }
  }

  @Test
  void nodes_that_the_graph_does_not_have_are_not_reached() throws Exception {
    Map<String, Object> graph = Map.of("a", List.of("b", "x"), "b", List.of());
    assertThat(text("graph.reachable", graph, List.of("a", "y"))).isEqualTo("{\"a\", \"b\"}");
    assertThat(text("graph.reachable", graph, List.of())).isEqualTo("set()");
    assertThat(text("graph.reachable_paths", graph, List.of("a")))
        .isEqualTo("{[\"a\"], [\"a\", \"b\"]}");
    assertThat(text("graph.reachable_paths", graph, List.of("x"))).isEqualTo("set()");
    assertThat(text("graph.reachable_paths", Map.of(), List.of("x"))).isEqualTo("set()");
  }

  @Test
  void a_long_chain_is_reached_to_its_end_and_its_path_is_bounded() throws Exception {
    Map<Object, Object> chain = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      chain.put(i, List.of(i + 1));
    }
    chain.put(5_000, List.of());
    JsonSet reached = (JsonSet) Objects.requireNonNull(call("graph.reachable", chain, List.of(0)));
    assertThat(reached.size()).isEqualTo(5_001);
    assertThat(Calls.error("graph.reachable_paths", chain, List.of(0))).isEqualTo("path too long");
    assertThat(text("graph.reachable_paths", chain, List.of(4_998)))
        .isEqualTo("{[4998, 4999, 5000]}");
  }
}
