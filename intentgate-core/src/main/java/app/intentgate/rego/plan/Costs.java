package app.intentgate.rego.plan;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.compile.program.RuleBranch;

/** Guesses about terms and bodies that decide how they are planned. */
final class Costs {
  private Costs() {}

  /** Whether a function's result is worth remembering: its body iterates or calls functions. */
  static boolean isCostly(RuleBranch branch) {
    Finder finder = new Finder();
    finder.visit(branch.body());
    return finder.found;
  }

  /** Whether a value can be taken apart by a term; a set with variables is not taken apart. */
  static boolean isPattern(Term term) {
    if (term.isGround() || term instanceof Var) {
      return true;
    } else if (term instanceof SetTerm) {
      return false;
    } else if (term instanceof ObjectTerm o) {
      return o.entries().stream().allMatch(e -> e.key().isGround() && isPattern(e.value()));
    } else if (term instanceof app.intentgate.rego.ast.ArrayTerm a) {
      return a.elements().stream().allMatch(Costs::isPattern);
    }
    return false;
  }

  private static final class Finder extends AstVisitor {
    private boolean found;

    @Override
    protected boolean enterExpr(Expr expr) {
      found |= expr.form() instanceof Every || !expr.withs().isEmpty();
      return true;
    }

    @Override
    protected boolean enterTerm(Term term) {
      found |=
          term instanceof ArrayComprehension
              || term instanceof SetComprehension
              || term instanceof ObjectComprehension
              || (term instanceof RefTerm r && !r.ref().isGround());
      return true;
    }

    @Override
    protected void visitOperator(RefTerm operator) {
      String name = operator.ref().headName();
      found |= name.equals("data") || name.equals("walk");
    }
  }
}
