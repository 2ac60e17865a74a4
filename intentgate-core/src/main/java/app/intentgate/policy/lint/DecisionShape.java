package app.intentgate.policy.lint;

import app.intentgate.json.JsonBoolean;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Warns of decisions that are written as objects and say something that nobody reads. */
final class DecisionShape {
  private static final Set<String> MEMBERS =
      Set.of(
          "allow",
          "reason",
          "escalate",
          "requires_step_up",
          "cost_cents",
          "pii_filter",
          "approval",
          "approvals");
  private static final Set<String> FLAGS = Set.of("allow", "escalate", "requires_step_up");

  private DecisionShape() {}

  static void check(PolicyModule policy, List<LintWarning> out) {
    Rule first = null;
    boolean total = false;
    for (Rule rule : policy.module().rules()) {
      Optional<List<Term>> below = policy.belowDecision(rule);
      if (below.isEmpty()) {
        continue;
      }
      first = first == null ? rule : first;
      total |= policy.decides(rule) && isUnconditional(rule);
      check(rule, below.get(), out);
    }
    if (first != null && !total) {
      out.add(
          LintWarning.at(
              first.location(),
              "missing_default",
              "no default decision: calls that no rule matches are refused with an error; add"
                  + " default "
                  + defaultFor(first, policy.belowDecision(first).orElse(List.of()))));
    }
  }

  /** What to add, in the way the decision is written. */
  private static String defaultFor(Rule rule, List<Term> below) {
    if (below.isEmpty()) {
      return "decision := {\"allow\": false, \"reason\": \"...\"}";
    }
    int whole = rule.head().ref().size() - below.size();
    return (whole > 0 ? rule.head().ref().prefix(whole) + "." : "") + "allow := false";
  }

  private static void check(Rule rule, List<Term> below, List<LintWarning> out) {
    ScalarTerm member =
        !below.isEmpty() && below.get(0) instanceof ScalarTerm name && name.isString()
            ? name
            : null;
    if (member != null) {
      member(member, out);
    }
    for (Rule branch = rule; branch != null; branch = branch.elseRule()) {
      Term value = branch.head().value();
      if (below.isEmpty() && value instanceof ObjectTerm literal) {
        check(literal, out);
      } else if (below.size() == 1 && member != null && value != null) {
        flag(member, value, out);
      }
    }
  }

  private static boolean isUnconditional(Rule rule) {
    boolean unconditional = rule.isDefault();
    for (Rule branch = rule; branch != null; branch = branch.elseRule()) {
      unconditional |= branch.generatedBody();
    }
    return unconditional;
  }

  private static void check(ObjectTerm literal, List<LintWarning> out) {
    boolean allow = false;
    boolean known = true;
    for (ObjectTerm.Entry entry : literal.entries()) {
      if (!(entry.key() instanceof ScalarTerm name && name.isString())) {
        known = false;
        continue;
      }
      allow |= "allow".equals(name.asString());
      member(name, out);
      flag(name, entry.value(), out);
    }
    if (known && !allow) {
      out.add(
          LintWarning.at(
              literal.location(),
              "unknown_decision_member",
              "this decision has no \"allow\": calls it is made for are refused with an error"));
    }
  }

  private static void member(ScalarTerm name, List<LintWarning> out) {
    Nearest.to(String.valueOf(name.asString()), MEMBERS)
        .ifPresent(
            near ->
                out.add(
                    LintWarning.at(
                        name.location(),
                        "unknown_decision_member",
                        "nobody reads \""
                            + name.asString()
                            + "\" of a decision; did you mean \""
                            + near
                            + "\"?")));
  }

  private static void flag(ScalarTerm name, Term value, List<LintWarning> out) {
    if (FLAGS.contains(String.valueOf(name.asString()))
        && value instanceof ScalarTerm s
        && !(s.value() instanceof JsonBoolean)) {
      out.add(
          LintWarning.at(
              value.location(),
              "unknown_decision_member",
              "\"" + name.asString() + "\" of a decision is true or false, and nothing else"));
    }
  }
}
