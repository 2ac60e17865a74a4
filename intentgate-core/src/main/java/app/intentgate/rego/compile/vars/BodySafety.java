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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

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
    List<Expr> ordered = place(candidates, new VarLayer(globals));
    for (Candidate c : candidates) {
      if (!c.placed) {
        unsafe.add(c.expr, c.reported());
      }
    }
    return new Body(inner(ordered, globals));
  }

  /**
   * Places what can be placed, in passes over the candidates. After the first try a candidate is
   * tried again when a variable of it got a value: in the same pass if it comes later, else in the
   * next.
   */
  private List<Expr> place(List<Candidate> candidates, Set<String> safe) {
    List<Expr> ordered = new ArrayList<>(candidates.size());
    Map<String, List<Integer>> watching = new HashMap<>();
    NavigableSet<Integer> pass = new TreeSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      pass.add(i);
      for (String v : candidates.get(i).watched()) {
        watching.computeIfAbsent(v, k -> new ArrayList<>()).add(i);
      }
    }
    while (!pass.isEmpty()) {
      NavigableSet<Integer> next = new TreeSet<>();
      for (Integer at = pass.pollFirst(); at != null; at = pass.pollFirst()) {
        Candidate c = candidates.get(at);
        Set<String> bound = outputs.of(c.expr, safe);
        if (!c.canBePlaced(bound, safe)) {
          continue;
        }
        c.placed = true;
        ordered.add(c.expr);
        for (String v : bound) {
          safe.add(v);
          for (int waiting : watching.getOrDefault(v, List.of())) {
            if (!candidates.get(waiting).placed) {
              (waiting > at ? pass : next).add(waiting);
            }
          }
        }
      }
      pass = next;
    }
    return ordered;
  }

  private static List<Candidate> candidates(Body body, Set<String> globals) {
    Set<String> bodyVars = VarScan.of(VarScan.Scope.NEEDED, body);
    bodyVars.removeIf(globals::contains);
    List<Candidate> candidates = new ArrayList<>(body.size());
    for (Expr e : body) {
      Set<String> needed = VarScan.of(VarScan.Scope.NEEDED, e);
      needed.removeIf(globals::contains);
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
    boolean placed;

    Candidate(Expr expr, Set<String> needed, Set<String> closed) {
      this.expr = expr;
      this.needed = needed;
      this.closed = closed;
    }

    /** The variables whose values it may wait for. */
    Set<String> watched() {
      Set<String> watched = new HashSet<>(needed);
      watched.addAll(closed);
      return watched;
    }

    boolean canBePlaced(Set<String> bound, Set<String> safe) {
      needed.removeIf(v -> bound.contains(v) || safe.contains(v));
      closed.removeIf(safe::contains);
      return needed.isEmpty() && closed.isEmpty();
    }

    Set<String> reported() {
      return closed.isEmpty() ? needed : closed;
    }
  }

  private List<Expr> inner(List<Expr> ordered, Set<String> globals) {
    Set<String> known = new VarLayer(globals);
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
        Set<String> inside = new VarLayer(known);
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
      missing.removeIf(known::contains);
      unsafe.add(current, missing);
      return order(body, known);
    }
  }
}
