package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import org.jspecify.annotations.Nullable;

/** Says whether a term has to be evaluated: it holds a ref or a comprehension. */
final class Evaluated extends AstVisitor {
  private boolean found;

  private Evaluated() {}

  static boolean test(@Nullable Term term) {
    if (term == null) {
      return false;
    }
    Evaluated scan = new Evaluated();
    scan.visit(term);
    return scan.found;
  }

  @Override
  protected boolean enterTerm(Term term) {
    found |=
        term instanceof RefTerm
            || term instanceof ArrayComprehension
            || term instanceof SetComprehension
            || term instanceof ObjectComprehension;
    return !found;
  }
}
