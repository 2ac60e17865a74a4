package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which rules each branch of a rule uses: by refs, by calls, and as targets or values of
 * {@code with}. A ref with variables uses every rule that it could reach.
 */
final class Dependencies {
  /** The most uses in all: refs with variables make their number the square of the rules'. */
  private static final int MAX_USES = 1_000_000;

  /** Stands for every element that is known only when the policy runs. */
  private static final Term ANY = new Var(Var.WILDCARD_PREFIX, Location.NONE);

  private final RuleNode root;
  private final Map<Ref, Set<RuleUnit>> reached = new HashMap<>();
  private final Map<BranchUnit, Set<RuleUnit>> uses = new LinkedHashMap<>();

  /** How many rules are in all those sets. */
  private int found;

  private Dependencies(RuleNode root) {
    this.root = root;
  }

  /** The rules that every branch uses directly; reports an error when there are too many. */
  static Map<BranchUnit, Set<RuleUnit>> of(Compilation c) {
    Dependencies d = new Dependencies(c.root);
    for (ModuleUnit m : c.modules) {
      for (RuleUnit r : m.rules) {
        for (BranchUnit b : r.branches) {
          d.add(b);
          if (d.found > MAX_USES) {
            c.errors.compileError(r.location(), "rules use each other in too many ways");
            return Map.of();
          }
        }
      }
    }
    return d.uses;
  }

  private void add(BranchUnit b) {
    Set<RuleUnit> used = new LinkedHashSet<>();
    Set<Ref> seen = new HashSet<>();
    AstVisitor scan =
        new AstVisitor() {
          @Override
          protected boolean enterTerm(Term term) {
            if (term instanceof RefTerm r) {
              addReached(r.ref(), used, seen);
            }
            return true;
          }

          @Override
          protected void visitOperator(RefTerm operator) {
            addReached(operator.ref(), used, seen);
          }
        };
    scan.visit(b.head);
    scan.visit(b.body);
    uses.put(b, used);
    found += used.size();
  }

  private void addReached(Ref ref, Set<RuleUnit> used, Set<Ref> seen) {
    if (!ref.headName().equals(RootDocuments.DATA) || found > MAX_USES) {
      return;
    }
    Ref key = generalized(ref);
    if (seen.add(key)) {
      used.addAll(reached.computeIfAbsent(key, this::reachable));
    }
  }

  private Set<RuleUnit> reachable(Ref ref) {
    Set<RuleUnit> rules = root.reachable(ref);
    found += rules.size();
    return rules;
  }

  /** The ref with one variable in place of all others: {@code data.lib[_]} reaches the same. */
  private static Ref generalized(Ref ref) {
    if (ref.isGround()) {
      return ref;
    }
    List<Term> terms = new ArrayList<>(ref.terms());
    terms.subList(1, terms.size()).replaceAll(t -> t.isGround() ? t : ANY);
    return new Ref(terms);
  }
}
