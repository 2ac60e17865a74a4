package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;

/** Refuses calls of deprecated functions, in modules of Rego v1 and in strict mode. */
final class DeprecatedCalls extends AstVisitor {
  private final BuiltinRegistry builtins;
  private final ErrorSink errors;

  DeprecatedCalls(BuiltinRegistry builtins, ErrorSink errors) {
    this.builtins = builtins;
    this.errors = errors;
  }

  /** The pass over modules. */
  static void check(Compilation c) {
    DeprecatedCalls check = new DeprecatedCalls(c.builtins, c.errors);
    for (ModuleUnit m : c.modules) {
      if (c.strict || m.module.version().isStrict()) {
        m.rules.forEach(r -> r.branches.forEach(b -> check.visit(b.body)));
      }
    }
  }

  @Override
  protected boolean enterExpr(Expr expr) {
    if (expr.form() instanceof CallExpr call) {
      BuiltinSignature signature = builtins.signature(call.operatorName());
      if (signature != null && signature.deprecated()) {
        errors.typeError(
            expr.location(),
            "deprecated built-in function calls in expression: " + signature.name());
      }
    }
    return true;
  }
}
