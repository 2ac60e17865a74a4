package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves what is neither a scalar nor a variable out of the refs of heads: {@code p[input.x]}
 * becomes {@code p[x]} with {@code x = input.x} in the body.
 */
final class RewriteHeadRefs implements Pass {
  @Override
  public void run(Compilation c) {
    c.forEachBranch(b -> rewrite(c.names, b));
  }

  private static void rewrite(LocalNames names, BranchUnit b) {
    List<Term> tail = new ArrayList<>();
    List<Expr> captures = new ArrayList<>();
    for (Term t : b.head.ref().tail()) {
      if (t instanceof ScalarTerm || t instanceof Var) {
        tail.add(t);
      } else {
        LocalNames.Capture capture = names.capture(t);
        tail.add(capture.variable());
        captures.add(capture.expr());
      }
    }
    if (!captures.isEmpty()) {
      Ref ref = b.head.ref().prefix(1).append(tail);
      b.head = b.head.withRef(ref);
      b.append(captures);
    }
  }
}
