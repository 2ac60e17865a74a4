package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.compile.vars.UnsafeVars;
import app.intentgate.rego.compile.vars.VarScan;
import app.intentgate.rego.spi.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses variables of heads that occur neither in the parameters nor in the body. */
final class CheckHeadSafety implements Pass {
  @Override
  public void run(Compilation c) {
    c.forEachBranch(b -> check(c, b));
  }

  private static void check(Compilation c, BranchUnit b) {
    Occurrences inHead = new Occurrences();
    inHead.visit(b.head.withArgs(List.of()));
    if (inHead.first.isEmpty()) {
      return;
    }
    Set<String> known = VarScan.of(VarScan.Scope.NEEDED, b.body);
    known.addAll(VarScan.of(VarScan.Scope.ALL, b.head.args()));
    inHead.first.forEach(
        (variable, place) -> {
          String name = c.names.sourceName(variable);
          if (!known.contains(variable) && !name.startsWith("__local")) {
            c.errors.add(UnsafeVars.unsafe(name, place));
          }
        });
  }

  /** Where each variable occurs first. */
  private static final class Occurrences extends AstVisitor {
    final Map<String, Location> first = new LinkedHashMap<>();

    @Override
    protected boolean enterTerm(Term term) {
      if (term instanceof Var v) {
        first.putIfAbsent(v.name(), v.location());
      }
      return true;
    }
  }
}
