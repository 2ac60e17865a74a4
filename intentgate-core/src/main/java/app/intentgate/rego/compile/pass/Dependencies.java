package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds which rules each branch of a rule uses: by refs, by calls, and as targets or values of
 * {@code with}. A ref with variables uses every rule that it could reach.
 */
final class Dependencies {
  /** The most uses in all: refs with variables make their number the square of the rules'. */
  private static final int MAX_USES = 1_000_000;

  private final RuleNode root;
  private final Map<Ref, Set<RuleUnit>> reached = new HashMap<>();
  private final Map<BranchUnit, Set<RuleUnit>> uses = new LinkedHashMap<>();

  private Dependencies(RuleNode root) {
    this.root = root;
  }

  /** The rules that every branch uses directly; reports an error when there are too many. */
  static Map<BranchUnit, Set<RuleUnit>> of(Compilation c) {
    Dependencies d = new Dependencies(c.root);
    int found = 0;
    for (ModuleUnit m : c.modules) {
      for (RuleUnit r : m.rules) {
        for (BranchUnit b : r.branches) {
          found += d.add(b);
          if (found > MAX_USES) {
            c.errors.compileError(r.location(), "rules use each other in too many ways");
            return Map.of();
          }
        }
      }
    }
    return d.uses;
  }

  private int add(BranchUnit b) {
    Set<RuleUnit> used = new LinkedHashSet<>();
    AstVisitor scan =
        new AstVisitor() {
          @Override
          protected boolean enterTerm(Term term) {
            if (term instanceof RefTerm r) {
              addReached(r.ref(), used);
            }
            return true;
          }

          @Override
          protected void visitOperator(RefTerm operator) {
            addReached(operator.ref(), used);
          }
        };
    scan.visit(b.head);
    scan.visit(b.body);
    uses.put(b, used);
    return used.size();
  }

  private void addReached(Ref ref, Set<RuleUnit> used) {
    if (ref.headName().equals(RootDocuments.DATA)) {
      used.addAll(reached.computeIfAbsent(ref, root::reachable));
    }
  }
}
