package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SomeDecl;
import app.intentgate.rego.ast.SomeIn;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.compile.vars.VarScan;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the names that a body declares by {@code :=} and {@code some}, also within {@code every}
 * and {@code not} but not within comprehensions. In all of the body they hide rules and imports.
 */
final class DeclaredNames extends AstVisitor {
  private final Set<String> names = new LinkedHashSet<>();

  private DeclaredNames() {}

  static Set<String> of(Body body) {
    DeclaredNames scan = new DeclaredNames();
    scan.visit(body);
    return scan.names;
  }

  @Override
  protected boolean enterExpr(Expr expr) {
    if (expr.form() instanceof CallExpr call
        && call.args().size() == 2
        && expr.isCallOf(Operators.ASSIGN)) {
      names.addAll(VarScan.of(VarScan.Scope.ALL, call.args().get(0)));
    } else if (expr.form() instanceof SomeDecl some) {
      some.vars().forEach(v -> names.add(v.name()));
    } else if (expr.form() instanceof SomeIn some) {
      names.addAll(VarScan.of(VarScan.Scope.ALL, some.value()));
      if (some.key() != null) {
        names.addAll(VarScan.of(VarScan.Scope.ALL, some.key()));
      }
    }
    return true;
  }

  @Override
  protected boolean enterTerm(Term term) {
    return !(term instanceof ArrayComprehension
        || term instanceof SetComprehension
        || term instanceof ObjectComprehension);
  }
}
