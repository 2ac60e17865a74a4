package app.intentgate.policy.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Warns of what compiles and cannot be meant. Warnings never stand in anybody's way. */
public final class PolicyLint {
  private static final int MAX_WARNINGS = 100;

  private PolicyLint() {}

  /**
   * The warnings about a source, at most 100, in its order; none about one that is no Rego.
   *
   * @param file the name of the source
   */
  public static List<LintWarning> check(String file, String source) {
    Optional<PolicyModule> parsed = PolicyModule.parse(file, source);
    if (parsed.isEmpty()) {
      return List.of();
    }
    PolicyModule policy = parsed.get();
    List<LintWarning> out = new ArrayList<>();
    DecisionShape.check(policy, out);
    InputRefs.check(policy.module(), out);
    NeverTrue.check(policy.module(), out);
    Reachability.check(policy, out);
    return out.stream()
        .sorted(Comparator.comparingInt(LintWarning::row).thenComparingInt(LintWarning::col))
        .limit(MAX_WARNINGS)
        .toList();
  }
}
