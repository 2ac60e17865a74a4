package app.intentgate.policy.lint;

import app.intentgate.json.JsonBoolean;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import java.util.ArrayList;
import java.util.List;
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
    List<Rule> decisions = new ArrayList<>();
    boolean total = false;
    for (Rule rule : policy.module().rules()) {
      if (!policy.isDecision(rule)) {
        continue;
      }
      decisions.add(rule);
      total |= rule.isDefault();
      boolean whole = endsAt(rule.head().ref(), "decision");
      for (Rule branch = rule; branch != null; branch = branch.elseRule()) {
        total |= whole && branch.generatedBody();
        if (whole && branch.head().value() instanceof ObjectTerm literal) {
          check(literal, out);
        }
      }
      if (!whole && rule.head().ref().last() instanceof ScalarTerm name) {
        member(name, out);
      }
    }
    if (!decisions.isEmpty() && !total) {
      out.add(
          LintWarning.at(
              decisions.get(0).location(),
              "missing_default",
              "no default decision: calls that no rule matches are refused with an error; add"
                  + " default decision := {\"allow\": false, \"reason\": \"...\"}"));
    }
  }

  private static boolean endsAt(Ref ref, String name) {
    return ref.size() == 1
        ? ref.headName().equals(name)
        : ref.last() instanceof ScalarTerm s && name.equals(s.asString());
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
      if (FLAGS.contains(String.valueOf(name.asString()))) {
        flag(name, entry.value(), out);
      }
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
    if (value instanceof ScalarTerm s && !(s.value() instanceof JsonBoolean)) {
      out.add(
          LintWarning.at(
              value.location(),
              "unknown_decision_member",
              "\"" + name.asString() + "\" of a decision is true or false, and nothing else"));
    }
  }
}
