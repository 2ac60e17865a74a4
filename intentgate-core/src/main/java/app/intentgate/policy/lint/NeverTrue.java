package app.intentgate.policy.lint;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Warns of rules whose body no call can make true: it says {@code false}, compares two different
 * constants, or wants one member of the input to be two things.
 */
final class NeverTrue extends AstVisitor {
  private final List<LintWarning> out;

  private NeverTrue(List<LintWarning> out) {
    this.out = out;
  }

  static void check(RegoModule module, List<LintWarning> out) {
    new NeverTrue(out).visit(module);
  }

  @Override
  protected boolean enterRule(Rule rule) {
    Expr culprit = culprit(rule.body());
    if (culprit != null) {
      out.add(
          LintWarning.at(
              culprit.location(),
              "unreachable_rule",
              "the rule \"" + rule.head().name() + "\" never holds: this is never true there"));
    }
    return true;
  }

  @Override
  protected boolean enterBody(Body body) {
    return false;
  }

  private static @Nullable Expr culprit(Body body) {
    Map<Ref, JsonValue> wanted = new HashMap<>();
    for (Expr expr : body) {
      if (expr.negated() || !expr.withs().isEmpty()) {
        continue;
      }
      if (expr.form() instanceof TermExpr t
          && t.term() instanceof ScalarTerm s
          && s.value() == JsonBoolean.FALSE) {
        return expr;
      }
      if (isEquality(expr) && expr.form() instanceof CallExpr call) {
        Term left = call.args().get(0);
        Term right = call.args().get(1);
        if (left instanceof ScalarTerm a && right instanceof ScalarTerm b) {
          if (!a.value().equals(b.value())) {
            return expr;
          }
        } else if (contradicts(left, right, wanted) || contradicts(right, left, wanted)) {
          return expr;
        }
      }
    }
    return null;
  }

  private static boolean isEquality(Expr expr) {
    return (expr.isCallOf("equal") || expr.isCallOf("eq"))
        && expr.form() instanceof CallExpr call
        && call.args().size() == 2;
  }

  private static boolean contradicts(Term ref, Term constant, Map<Ref, JsonValue> wanted) {
    if (!(ref instanceof RefTerm r
        && constant instanceof ScalarTerm s
        && r.ref().headName().equals("input")
        && r.ref().stringPrefix().size() == r.ref().size())) {
      return false;
    }
    JsonValue before = wanted.putIfAbsent(r.ref(), s.value());
    return before != null && !before.equals(s.value());
  }
}
