package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;

/**
 * Refuses wildcards in what is printed and in template strings: they would have many values where
 * one is wanted.
 */
final class Wildcards extends AstVisitor {
  private boolean found;

  private Wildcards() {}

  static void refuse(Term term, ErrorSink errors) {
    Wildcards search = new Wildcards();
    search.visit(term);
    if (search.found) {
      errors.compileError(term.location(), "var _ is undeclared");
    }
  }

  @Override
  protected boolean enterTerm(Term term) {
    found |= term instanceof Var v && v.isWildcard();
    return !(term instanceof ArrayComprehension
        || term instanceof SetComprehension
        || term instanceof ObjectComprehension);
  }
}
