package app.intentgate.rego.compile.vars;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.Term;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Collects the variables inside of the comprehensions and the bodies of {@code every} and {@code
 * not} in an expression: those among them that also occur outside must have values first.
 */
final class ClosureVars extends AstVisitor {
  private final Set<String> names = new LinkedHashSet<>();

  private ClosureVars() {}

  static Set<String> of(Expr expr) {
    ClosureVars scan = new ClosureVars();
    scan.visit(expr);
    return scan.names;
  }

  @Override
  protected boolean enterExpr(Expr expr) {
    if (expr.form() instanceof Every every) {
      names.addAll(VarScan.of(VarScan.Scope.ALL, every.body()));
      visit(every.domain());
      expr.withs().forEach(this::visitWith);
      return false;
    }
    if (expr.form() instanceof NotBlock not) {
      names.addAll(VarScan.of(VarScan.Scope.ALL, not.body()));
      expr.withs().forEach(this::visitWith);
      return false;
    }
    return true;
  }

  @Override
  protected boolean enterTerm(Term term) {
    if (VarScan.isClosure(term)) {
      names.addAll(VarScan.of(VarScan.Scope.ALL, term));
      return false;
    }
    return true;
  }
}
