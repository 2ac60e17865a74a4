package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.Operators;
import java.util.Set;

/**
 * Turns {@code :=}, and in rules {@code ==}, into {@code =}: in a safe order they mean the same.
 * Not in queries for {@code ==}, which may ask whether a comparison is false.
 */
final class Equalities extends AstTransformer {
  private final Set<String> replaced;

  private Equalities(Set<String> replaced) {
    this.replaced = replaced;
  }

  /** For rules. */
  static Equalities ofRules() {
    return new Equalities(Set.of(Operators.ASSIGN, Operators.EQUAL));
  }

  /** For queries. */
  static Equalities ofQueries() {
    return new Equalities(Set.of(Operators.ASSIGN));
  }

  /** The pass over modules. */
  static void rewrite(Compilation c) {
    Equalities rewriter = ofRules();
    c.forEachBranch(b -> b.body = rewriter.body(b.body));
  }

  @Override
  public ExprForm form(ExprForm form) {
    ExprForm inner = super.form(form);
    return inner instanceof CallExpr call
            && call.args().size() == 2
            && replaced.contains(call.operatorName())
        ? new CallExpr(Operators.operator(Operators.UNIFY, call.operator().location()), call.args())
        : inner;
  }
}
