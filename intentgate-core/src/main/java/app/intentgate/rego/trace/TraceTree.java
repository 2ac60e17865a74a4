package app.intentgate.rego.trace;

import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.trace.EvalEvent.Op;
import app.intentgate.rego.trace.Trace.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints a trace as a tree that a policy author can read: file and row, then the rule that was
 * tried, under it each expression with whether it held and the values it looked at, under that the
 * rules it called for.
 *
 * <pre>
 * authz.rego:5  rule data.authz.allow
 * authz.rego:6    holds  input.method == "GET"    input.method = "GET"
 * authz.rego:7    FAILS  is_owner
 * authz.rego:10     rule data.authz.is_owner
 * authz.rego:11       FAILS  input.user == "ann"    input.user = "bob"
 * </pre>
 */
public final class TraceTree {
  private static final int MAX_VALUE = 200;

  private final List<Event> events;
  private final List<Line> lines = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();

  private record Line(String place, int indent, String text) {}

  /** A rule or body that was entered, or an expression whose outcome is not there yet. */
  private record Open(Spot spot, int depth) {}

  private TraceTree(List<Event> events) {
    this.events = events;
  }

  /** The tree as text, a line for each node, each with its line end. */
  public static String print(Trace trace) {
    TraceTree tree = new TraceTree(trace.events());
    tree.build();
    String text = tree.text();
    return trace.dropped() == 0
        ? text
        : text + "(and " + trace.dropped() + " more events that were not kept)\n";
  }

  private void build() {
    for (int i = 0; i < events.size(); i++) {
      Event e = events.get(i);
      boolean ended = close(e);
      switch (e.op()) {
        case ENTER -> enter(e);
        case EVAL -> eval(i);
        case HOLD -> {
          if (!ended && !e.spot().generated()) {
            add(e, "holds  " + described(e));
          }
        }
        case INDEX -> {
          if (!e.note().isEmpty()) {
            add(e, e.spot().text() + ": " + e.note());
          }
        }
        case EXIT -> add(e, e.value() == null ? "gives a value" : "gives " + text(e.value()));
        case NOTE -> add(e, "note: " + e.note());
        default -> {
          // FAIL was printed with its EVAL; REDO leads to another HOLD or to nothing.
        }
      }
    }
  }

  /**
   * Closes what is over by now: an expression by its first outcome, a rule by an event outside of
   * it. Says whether an expression was.
   */
  private boolean close(Event e) {
    while (!open.isEmpty()) {
      Open last = open.element();
      boolean outcome =
          last.spot == e.spot()
              && last.depth == e.depth()
              && (e.op() == Op.HOLD || e.op() == Op.FAIL);
      boolean left = e.depth() < last.depth;
      boolean sibling = last.spot.kind() != Spot.Kind.EXPRESSION && e.depth() == last.depth;
      if (!outcome && !left && !sibling) {
        return false;
      }
      open.pop();
      if (outcome) {
        return true;
      }
    }
    return false;
  }

  private void enter(Event e) {
    if (e.spot().kind() == Spot.Kind.RULE) {
      add(e, "rule " + e.spot().text());
    } else if (e.spot().kind() == Spot.Kind.QUERY) {
      add(e, "query");
    }
    open.push(new Open(e.spot(), e.depth()));
  }

  private void eval(int at) {
    Event e = events.get(at);
    Event outcome = outcome(at);
    if (!e.spot().generated() || outcome.op() == Op.FAIL) {
      String word =
          outcome.op() == Op.FAIL ? "FAILS  " : outcome.op() == Op.HOLD ? "holds  " : "starts ";
      add(e, word + described(outcome));
    }
    if (outcome != e) {
      open.push(new Open(e.spot(), e.depth()));
    }
  }

  /** How the evaluation of an expression ended, or its start when that is not known. */
  private Event outcome(int at) {
    Event start = events.get(at);
    for (int i = at + 1; i < events.size(); i++) {
      Event e = events.get(i);
      if (e.depth() < start.depth()) {
        break;
      }
      boolean ends = e.op() == Op.HOLD || e.op() == Op.FAIL;
      if (ends && e.spot() == start.spot() && e.depth() == start.depth()) {
        return e;
      }
    }
    return start;
  }

  private void add(Event e, String text) {
    int indent = 0;
    for (Open o : open) {
      indent += o.spot.kind() == Spot.Kind.EXPRESSION && o.spot.generated() ? 0 : 1;
    }
    lines.add(new Line(place(e.spot().location()), indent, text));
  }

  private static String place(Location location) {
    return location.file().isEmpty() ? "query:" + location.row() : location.toString();
  }

  private static String described(Event e) {
    String text = e.spot().text();
    String values =
        e.values().entrySet().stream()
            .filter(v -> !v.getKey().equals(text))
            .map(v -> v.getKey() + " = " + text(v.getValue()))
            .collect(Collectors.joining(", "));
    return values.isEmpty() ? text : text + "    " + values;
  }

  private static String text(JsonValue value) {
    return RegoText.ofAtMost(value, MAX_VALUE);
  }

  private String text() {
    int width = lines.stream().mapToInt(l -> l.place.length()).max().orElse(0);
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      out.append(line.place).append(" ".repeat(width - line.place.length() + 2));
      out.append("  ".repeat(line.indent)).append(line.text).append('\n');
    }
    return out.toString();
  }
}
