package app.intentgate.policy.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which members the input document can have (runtime contract 3.5). */
final class InputShape {
  private static final Set<String> ANYTHING = Set.of("args");
  private static final Set<String> VALUES = Set.of("tool", "agent_id", "session_id");
  private static final Map<String, Set<String>> OBJECTS =
      Map.of(
          "intent", Set.of("summary", "allowed_tools", "forbidden_tools", "confidence"),
          "capability", Set.of("subject", "tenant", "zone", "step_up_at"),
          "user", Set.of("subject", "attrs"),
          "east_west", Set.of("caller_agent", "caller_zone", "callee_agent", "callee_zone"));

  private InputShape() {}

  /**
   * What is wrong with a path below {@code input}; empty when some call may have it.
   *
   * @param path the names that are known before evaluation, from the first member on
   */
  static Optional<String> problem(List<String> path) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String first = path.get(0);
    if (ANYTHING.contains(first)) {
      return Optional.empty();
    }
    if (VALUES.contains(first)) {
      return path.size() == 1
          ? Optional.empty()
          : Optional.of("input." + first + " is a string and has no members");
    }
    Set<String> members = OBJECTS.get(first);
    if (members == null) {
      return Optional.of(unknown("input", first, all()));
    }
    return path.size() == 1 || members.contains(path.get(1))
        ? Optional.empty()
        : Optional.of(unknown("input." + first, path.get(1), members));
  }

  private static Set<String> all() {
    Set<String> names = new TreeSet<>(OBJECTS.keySet());
    names.addAll(VALUES);
    names.addAll(ANYTHING);
    return names;
  }

  private static String unknown(String parent, String name, Set<String> known) {
    String hint =
        Nearest.to(name, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
    return "no call has " + parent + "." + name + hint;
  }
}
