package app.intentgate.rego.parse;

import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Head;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.With;
import app.intentgate.rego.spi.Location;

/** Gives every node of a tree one place. */
final class Relocator extends AstTransformer {
  private final Location place;

  Relocator(Location place) {
    this.place = place;
  }

  @Override
  public Head head(Head head) {
    Head h = super.head(head);
    return new Head(
        ref(h.ref()), h.args(), h.key(), h.value(), h.assign(), h.generatedValue(), place);
  }

  @Override
  public Expr expr(Expr expr) {
    Expr e = super.expr(expr);
    return new Expr(e.form(), e.negated(), e.withs(), e.generated(), place);
  }

  @Override
  public With with(With with) {
    With w = super.with(with);
    return new With(w.target(), w.value(), place);
  }

  @Override
  public RefTerm operator(RefTerm operator) {
    return new RefTerm(ref(operator.ref()), place);
  }

  @Override
  public Term term(Term term) {
    return super.term(term).at(place);
  }
}
