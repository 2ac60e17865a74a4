package app.intentgate.rego.compile.vars;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the variables to which evaluating an expression gives values: by iterating over a ref, by
 * unification, or as the output of a call. Thread-safe when its arities are.
 */
public final class OutputVars {
  private final Arities arities;

  /** Looks up functions in these arities. */
  public OutputVars(Arities arities) {
    this.arities = arities;
  }

  /**
   * The variables that an expression binds when those in {@code safe} have values; empty when it
   * cannot be evaluated yet.
   */
  public Set<String> of(Expr expr, Set<String> safe) {
    if (expr.negated()
        || expr.form() instanceof NotBlock
        || !safe.containsAll(VarScan.ofReplacements(VarScan.Scope.NEEDED, expr))) {
      return Set.of();
    }
    if (expr.form() instanceof Every every) {
      return RefOutputs.of(List.of(every.domain()), safe);
    }
    if (expr.form() instanceof CallExpr call) {
      if (isUnification(call)) {
        return ofUnification(call, safe);
      }
      return ofCall(call, safe);
    }
    RefOutputs refs = new RefOutputs(safe);
    refs.visit(expr);
    return refs.outputs;
  }

  /** The variables that {@code a = b} binds when those in {@code safe} have values. */
  public static Set<String> ofUnification(Term a, Term b, Set<String> safe) {
    Set<String> outputs = RefOutputs.of(List.of(a, b), safe);
    outputs.addAll(Unification.bound(new VarLayer(safe).with(outputs), a, b));
    outputs.removeIf(safe::contains);
    return outputs;
  }

  private static boolean isUnification(CallExpr call) {
    String name = call.operatorName();
    return call.args().size() == 2
        && (name.equals(Operators.UNIFY) || name.equals(Operators.ASSIGN));
  }

  private static Set<String> ofUnification(CallExpr call, Set<String> safe) {
    Term left = call.args().get(0);
    Term right = call.args().get(1);
    if (!call.operatorName().equals(Operators.ASSIGN)) {
      return ofUnification(left, right, safe);
    }
    // Values flow through := from right to left only (OPA 1.19).
    Set<String> basis = new VarLayer(safe, VarScan.of(VarScan.Scope.PATTERN, left));
    Set<String> outputs = ofUnification(left, right, basis);
    outputs.removeIf(safe::contains);
    return outputs;
  }

  private Set<String> ofCall(CallExpr call, Set<String> safe) {
    int arity = arities.of(call.operator().ref());
    if (arity < 0) {
      return Set.of();
    }
    Set<String> outputs = RefOutputs.of(call.args(), safe);
    if (arity >= call.args().size()) {
      return outputs;
    }
    for (String v : VarScan.of(VarScan.Scope.PATTERN, call.args().subList(0, arity))) {
      if (!outputs.contains(v) && !safe.contains(v)) {
        return Set.of();
      }
    }
    List<Term> outs = call.args().subList(arity, call.args().size());
    outputs.addAll(VarScan.of(VarScan.Scope.PATTERN, outs));
    return outputs;
  }

  /** Collects the variables in refs whose head has a value: evaluation iterates over them. */
  private static final class RefOutputs extends AstVisitor {
    final Set<String> safe;
    final Set<String> outputs = new LinkedHashSet<>();

    RefOutputs(Set<String> safe) {
      this.safe = safe;
    }

    static Set<String> of(List<Term> terms, Set<String> safe) {
      RefOutputs refs = new RefOutputs(safe);
      terms.forEach(refs::visit);
      return refs.outputs;
    }

    @Override
    protected boolean enterTerm(Term term) {
      if (VarScan.isClosure(term)) {
        return false;
      }
      if (term instanceof RefTerm ref) {
        if (!Unification.hasSafeHead(ref.ref(), safe)) {
          return false;
        }
        outputs.addAll(VarScan.ofElements(ref.ref()));
      }
      return true;
    }
  }
}
