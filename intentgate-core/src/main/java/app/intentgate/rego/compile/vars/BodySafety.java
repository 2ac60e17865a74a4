package app.intentgate.rego.compile.vars;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Orders the expressions of a body, and of the bodies within it, so that evaluating them from left
 * to right never meets a variable without a value where it needs one. Expressions move as little as
 * possible: each comes as soon as it can, and those that can come at once keep their order. A
 * variable of a comprehension, {@code every} or {@code not} that also occurs outside must have its
 * value first. Not thread-safe.
 */
public final class BodySafety {
  private final OutputVars outputs;
  private final UnsafeVars unsafe = new UnsafeVars();

  /** Looks up functions in these arities. */
  public BodySafety(Arities arities) {
    this.outputs = new OutputVars(arities);
  }

  /** What was found unsafe in all bodies ordered so far. */
  public UnsafeVars unsafe() {
    return unsafe;
  }

  /**
   * The body in a safe order. When there is none, the expressions that cannot be evaluated are
   * noted in {@link #unsafe} and left out.
   *
   * @param globals the variables that have values before the body
   */
  public Body order(Body body, Set<String> globals) {
    List<Candidate> candidates = candidates(body, globals);
    List<Expr> ordered = place(candidates, new HashSet<>(globals));
    for (Candidate c : candidates) {
      if (!c.placed) {
        unsafe.add(c.expr, c.reported());
      }
    }
    return new Body(inner(ordered, globals));
  }

  private List<Expr> place(List<Candidate> candidates, Set<String> safe) {
    List<Expr> ordered = new ArrayList<>(candidates.size());
    List<String> binding = new ArrayList<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Candidate c : candidates) {
        if (!c.placed && c.isConcernedBy(binding)) {
          Set<String> bound = outputs.of(c.expr, safe);
          if (c.canBePlaced(bound, safe)) {
            c.placed = true;
            ordered.add(c.expr);
            safe.addAll(bound);
            binding.addAll(bound);
            progress = true;
          }
        }
      }
    }
    return ordered;
  }

  private static List<Candidate> candidates(Body body, Set<String> globals) {
    Set<String> bodyVars = VarScan.of(VarScan.Scope.NEEDED, body);
    bodyVars.removeAll(globals);
    List<Candidate> candidates = new ArrayList<>(body.size());
    for (Expr e : body) {
      Set<String> needed = VarScan.of(VarScan.Scope.NEEDED, e);
      needed.removeAll(globals);
      Set<String> closed = ClosureVars.of(e);
      closed.retainAll(bodyVars);
      candidates.add(new Candidate(e, needed, closed));
    }
    return candidates;
  }

  /** An expression that waits for its variables. */
  private static final class Candidate {
    final Expr expr;
    final Set<String> needed;
    final Set<String> closed;
    final Set<String> watched;
    int seen = -1;
    boolean placed;

    Candidate(Expr expr, Set<String> needed, Set<String> closed) {
      this.expr = expr;
      this.needed = needed;
      this.closed = closed;
      this.watched = new HashSet<>(needed);
      this.watched.addAll(closed);
    }

    /** Whether a variable of it got a value since the last time, so that trying again can help. */
    boolean isConcernedBy(List<String> binding) {
      boolean concerned = seen < 0;
      for (int i = Math.max(seen, 0); i < binding.size() && !concerned; i++) {
        concerned = watched.contains(binding.get(i));
      }
      seen = binding.size();
      return concerned;
    }

    boolean canBePlaced(Set<String> bound, Set<String> safe) {
      needed.removeAll(bound);
      needed.removeAll(safe);
      closed.removeAll(safe);
      return needed.isEmpty() && closed.isEmpty();
    }

    Set<String> reported() {
      return closed.isEmpty() ? needed : closed;
    }
  }

  private List<Expr> inner(List<Expr> ordered, Set<String> globals) {
    Set<String> known = new LinkedHashSet<>(globals);
    List<Expr> result = new ArrayList<>(ordered.size());
    for (Expr e : ordered) {
      result.add(new Inner(e, known).expr(e));
      known.addAll(VarScan.of(VarScan.Scope.NEEDED, e));
    }
    return result;
  }

  /** Orders the bodies within an expression. */
  private final class Inner extends AstTransformer {
    private final Expr current;
    private final Set<String> known;

    Inner(Expr current, Set<String> known) {
      this.current = current;
      this.known = known;
    }

    @Override
    public ExprForm form(ExprForm form) {
      if (form instanceof Every every) {
        Set<String> inside = new HashSet<>(known);
        inside.add(every.value().name());
        if (every.key() != null) {
          inside.add(every.key().name());
        }
        return new Every(
            every.key(), every.value(), term(every.domain()), order(every.body(), inside));
      }
      if (form instanceof NotBlock not) {
        return new NotBlock(order(not.body(), known));
      }
      return super.form(form);
    }

    @Override
    protected Term comprehension(Term term) {
      if (term instanceof ArrayComprehension c) {
        return new ArrayComprehension(
            c.head(), collected(c.body(), List.of(c.head())), c.location());
      }
      if (term instanceof SetComprehension c) {
        return new SetComprehension(c.head(), collected(c.body(), List.of(c.head())), c.location());
      }
      if (term instanceof ObjectComprehension c) {
        return new ObjectComprehension(
            c.key(), c.value(), collected(c.body(), List.of(c.key(), c.value())), c.location());
      }
      return term;
    }

    private Body collected(Body body, List<Term> head) {
      Set<String> missing = VarScan.of(VarScan.Scope.ALL, head);
      missing.removeAll(VarScan.of(VarScan.Scope.NEEDED, body));
      missing.removeAll(known);
      unsafe.add(current, missing);
      return order(body, known);
    }
  }
}
