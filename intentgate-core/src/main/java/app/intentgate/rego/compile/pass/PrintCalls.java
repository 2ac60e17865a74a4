package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls of {@code print} away, as OPA does unless it is asked to print. When it is, each
 * argument becomes a set of its values, so that an undefined one is printed and ends nothing.
 */
final class PrintCalls extends AstTransformer {
  private static final String FUNCTION = "print";
  private static final String PRINTS = "internal.print";

  private final @Nullable LocalNames names;
  private final ErrorSink errors;

  /**
   * A pass.
   *
   * @param names makes the variables of the sets; null to take the calls away
   */
  PrintCalls(@Nullable LocalNames names, ErrorSink errors) {
    this.names = names;
    this.errors = errors;
  }

  /** The pass over modules. */
  static void rewrite(Compilation c) {
    PrintCalls rewriter = new PrintCalls(c.prints ? c.names : null, c.errors);
    c.forEachBranch(
        b -> {
          b.head = rewriter.head(b.head);
          b.body = rewriter.body(b.body);
        });
  }

  @Override
  public ExprForm form(ExprForm form) {
    ExprForm inner = super.form(form);
    if (names == null
        || !(inner instanceof CallExpr call)
        || !call.operatorName().equals(FUNCTION)) {
      return inner;
    }
    Location place = call.operator().location();
    List<Term> sets = new ArrayList<>();
    for (Term arg : call.args()) {
      Wildcards.refuse(arg, errors);
      sets.add(names.maybe(arg, List.of()));
    }
    return Operators.callForm(PRINTS, place, new ArrayTerm(sets, place));
  }

  @Override
  public Body body(Body body) {
    if (names != null) {
      return super.body(body);
    }
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
