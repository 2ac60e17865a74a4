package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;

/** Takes calls of {@code print} away, as OPA does unless it is asked to print. */
final class PrintCalls extends AstTransformer {
  private static final String FUNCTION = "print";

  /** The pass over modules. */
  static void erase(Compilation c) {
    PrintCalls eraser = new PrintCalls();
    c.forEachBranch(
        b -> {
          b.head = eraser.head(b.head);
          b.body = eraser.body(b.body);
        });
  }

  @Override
  public Body body(Body body) {
    boolean found = false;
    List<Expr> kept = new ArrayList<>(body.size());
    for (Expr e : body) {
      if (e.isCallOf(FUNCTION)) {
        found = true;
      } else {
        kept.add(e);
      }
    }
    if (found && kept.isEmpty()) {
      Location place = body.get(0).location();
      kept.add(Expr.of(new TermExpr(ScalarTerm.bool(true, place)), place));
    }
    return super.body(found ? new Body(kept) : body);
  }
}
