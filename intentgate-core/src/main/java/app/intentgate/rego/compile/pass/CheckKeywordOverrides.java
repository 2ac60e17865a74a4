package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Operators;

/**
 * Refuses rules and variables named {@code input} or {@code data}, in modules of Rego v1 and in
 * strict mode.
 */
final class CheckKeywordOverrides implements Pass {
  @Override
  public void run(Compilation c) {
    for (ModuleUnit m : c.modules) {
      if (c.strict || m.module.version().isStrict()) {
        for (RuleUnit r : m.rules) {
          String name = r.head().name();
          if (RootDocuments.isName(name)) {
            c.errors.compileError(r.location(), refusal("rules", name, "rule"));
          }
        }
        for (RuleUnit r : m.rules) {
          for (BranchUnit b : r.branches) {
            Assignments check = new Assignments(c.errors);
            check.visit(b.head);
            check.visit(b.body);
          }
        }
      }
    }
  }

  private static String refusal(String what, String name, String kind) {
    return what + " must not shadow " + name + " (use a different " + kind + " name)";
  }

  /** Refuses assignments to the names of documents. */
  static final class Assignments extends AstVisitor {
    private final ErrorSink errors;

    Assignments(ErrorSink errors) {
      this.errors = errors;
    }

    @Override
    protected boolean enterExpr(Expr expr) {
      if (expr.isCallOf(Operators.ASSIGN)
          && expr.form() instanceof CallExpr call
          && !call.args().isEmpty()) {
        String name = RootDocuments.wholeDocument(call.args().get(0));
        if (name != null) {
          errors.compileError(expr.location(), refusal("variables", name, "variable"));
        }
      }
      return true;
    }
  }
}
