package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.compile.vars.Arities;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.List;

/** Refuses calls of what is not defined, and calls with too few or too many arguments. */
final class CheckCalls extends AstVisitor {
  private final LocalNames names;
  private final BuiltinRegistry builtins;
  private final Arities arities;
  private final ErrorSink errors;

  CheckCalls(LocalNames names, BuiltinRegistry builtins, Arities arities, ErrorSink errors) {
    this.names = names;
    this.builtins = builtins;
    this.arities = arities;
    this.errors = errors;
  }

  /** The pass over modules. */
  static void check(Compilation c) {
    CheckCalls check = new CheckCalls(c.names, c.builtins, c.arities(), c.errors);
    c.forEachBranch(
        b -> {
          check.visit(b.head);
          check.visit(b.body);
        });
  }

  @Override
  protected boolean enterExpr(Expr expr) {
    if (!(expr.form() instanceof CallExpr call)) {
      return true;
    }
    Ref operator = call.operator().ref();
    int arity = arities.of(operator);
    int given = call.args().size();
    if (arity < 0) {
      errors.typeError(expr.location(), "undefined function " + sourceName(operator));
      return false;
    }
    boolean hasOutput = expr.generated() && !call.operatorName().equals(Operators.UNIFY);
    boolean fits =
        hasOutput ? given == arity + 1 : given == arity || given == arity + 1 || expr.generated();
    if (!fits) {
      mismatch(expr, operator, arity, hasOutput ? given - 1 : given);
    }
    return fits;
  }

  private String sourceName(Ref operator) {
    Var head = new Var(names.sourceName(operator.headName()), operator.head().location());
    return new Ref(List.of(head)).append(operator.tail()).toString();
  }

  private void mismatch(Expr expr, Ref operator, int arity, int given) {
    if (builtins.signature(operator.dotted()) != null) {
      errors.typeError(expr.location(), operator.dotted() + ": arity mismatch");
      return;
    }
    errors.typeError(
        expr.location(),
        "function "
            + sourceName(operator)
            + " has arity "
            + arity
            + ", got "
            + given
            + (given == 1 ? " argument" : " arguments"));
  }
}
