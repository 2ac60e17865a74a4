package app.intentgate.server.cli;

import app.intentgate.rego.trace.Trace;
import app.intentgate.rego.trace.TraceTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The lines of a trace's tree, all of them or only those that lead to something. */
final class Explanation {
  /** What is shown. */
  enum Kind {
    OFF,
    FULL,
    /** What {@code trace} said, and the rules it was said in. */
    NOTES,
    /** What failed, and the rules it failed in. */
    FAILS
  }

  private Explanation() {}

  static List<String> lines(Trace trace, Kind kind) {
    if (kind == Kind.OFF) {
      return List.of();
    }
    List<String> lines = TraceTree.print(trace).lines().toList();
    return switch (kind) {
      case NOTES -> leadingTo(lines, line -> text(line).startsWith("note: "));
      case FAILS -> leadingTo(lines, line -> text(line).startsWith("FAILS "));
      default -> lines;
    };
  }

  private static List<String> leadingTo(List<String> lines, Predicate<String> wanted) {
    Deque<Integer> above = new ArrayDeque<>();
    TreeSet<Integer> kept = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      int indent = indent(lines.get(i));
      while (!above.isEmpty() && indent(lines.get(above.element())) >= indent) {
        above.pop();
      }
      above.push(i);
      if (wanted.test(lines.get(i))) {
        kept.addAll(above);
      }
    }
    return kept.stream().map(lines::get).collect(Collectors.toList());
  }

  private static int indent(String line) {
    return line.length() - text(line).length();
  }

  /** A line without its place and the spaces after it. */
  private static String text(String line) {
    int space = line.indexOf("  ");
    return space < 0 ? line : line.substring(space).stripLeading();
  }
}
