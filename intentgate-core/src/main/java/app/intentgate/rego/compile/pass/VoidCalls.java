package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstPrinter;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;

/** Refuses calls without a result, of {@code print}, where a value is needed. */
final class VoidCalls extends AstVisitor {
  private final BuiltinRegistry builtins;
  private final ErrorSink errors;

  VoidCalls(BuiltinRegistry builtins, ErrorSink errors) {
    this.builtins = builtins;
    this.errors = errors;
  }

  /** The pass over modules. */
  static void check(Compilation c) {
    VoidCalls check = new VoidCalls(c.builtins, c.errors);
    c.forEachBranch(
        b -> {
          check.visit(b.head);
          check.visit(b.body);
        });
  }

  @Override
  protected boolean enterTerm(Term term) {
    if (term instanceof CallTerm call) {
      BuiltinSignature signature = builtins.signature(call.operatorName());
      if (signature != null && signature.result() == null) {
        errors.typeError(call.location(), AstPrinter.print(call) + " used as value");
      }
    }
    return true;
  }
}
