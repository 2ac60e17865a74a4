package app.intentgate.rego.plan;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.compile.program.RuleBranch;
import java.util.HashMap;
import java.util.Map;

/** How often the variables of a rule occur: one that occurs once need not be kept. */
final class VarUses {
  private final Map<String, Integer> counts = new HashMap<>();
  private final boolean all;

  private VarUses(boolean all) {
    this.all = all;
  }

  static VarUses of(RuleBranch branch) {
    VarUses uses = new VarUses(false);
    AstVisitor counter = uses.counter();
    branch.ref().tail().forEach(counter::visit);
    branch.args().forEach(counter::visit);
    if (branch.key() != null) {
      counter.visit(branch.key());
    }
    if (branch.value() != null) {
      counter.visit(branch.value());
    }
    counter.visit(branch.body());
    return uses;
  }

  /** For a query, whose variables are its answer. */
  static VarUses everything() {
    return new VarUses(true);
  }

  private AstVisitor counter() {
    return new AstVisitor() {
      @Override
      protected boolean enterTerm(Term term) {
        if (term instanceof Var v) {
          counts.merge(v.name(), 1, Integer::sum);
        }
        return true;
      }

      @Override
      protected boolean enterBody(Body body) {
        return true;
      }
    };
  }

  /** Whether something else may look at the variable. */
  boolean isUsedElsewhere(Var v) {
    return all ? !v.isWildcard() : counts.getOrDefault(v.name(), 2) > 1;
  }
}
