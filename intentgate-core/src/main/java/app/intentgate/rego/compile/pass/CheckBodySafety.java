package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.compile.vars.BodySafety;
import app.intentgate.rego.compile.vars.VarScan;
import java.util.Set;

/** Puts the expressions of bodies into an order in which variables have values when needed. */
final class CheckBodySafety implements Pass {
  @Override
  public void run(Compilation c) {
    c.forEachBranch(
        b -> {
          Set<String> safe = VarScan.of(VarScan.Scope.ALL, b.head.args());
          safe.addAll(RootDocuments.NAMES);
          BodySafety safety = new BodySafety(c.arities());
          Body ordered = safety.order(b.body, safe);
          c.errors.addAll(safety.unsafe().errors(c.names::sourceName));
          b.body = ordered;
        });
  }
}
