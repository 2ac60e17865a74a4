package app.intentgate.rego.compile.vars;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables that unifying two terms gives values to, given those that have one. A
 * variable facing a collection gets a value once everything in the collection has one, and the
 * other way round. Not thread-safe.
 */
final class Unification {
  private final Set<String> safe;
  private final Set<String> bound = new LinkedHashSet<>();

  /** For variables without a value: the variables that would have to get one first. */
  private final Map<String, Set<String>> waiting = new HashMap<>();

  private Unification(Set<String> safe) {
    this.safe = safe;
  }

  /** The variables that {@code a = b} binds when those in {@code safe} have values. */
  static Set<String> bound(Set<String> safe, Term a, Term b) {
    Unification u = new Unification(safe);
    u.unify(a, b);
    return u.bound;
  }

  /** Whether the head of a ref has a value. */
  static boolean hasSafeHead(Ref ref, Set<String> safe) {
    return safe.containsAll(VarScan.of(VarScan.Scope.ALL, ref.head()));
  }

  private void unify(Term a, Term b) {
    if (a instanceof Var x) {
      unifyVar(x, b);
    } else if (b instanceof Var) {
      unify(b, a);
    } else if (a instanceof ArrayTerm x && b instanceof ArrayTerm y) {
      if (x.elements().size() == y.elements().size()) {
        for (int i = 0; i < x.elements().size(); i++) {
          unify(x.elements().get(i), y.elements().get(i));
        }
      }
    } else if (a instanceof ObjectTerm x && b instanceof ObjectTerm y) {
      unifyObjects(x, y);
    } else if (isCollection(a) && givesValue(b, a)) {
      bindAll(a);
    } else if (isCollection(b) && givesValue(a, b)) {
      bindAll(b);
    }
  }

  private void unifyVar(Var a, Term b) {
    if (b instanceof Var y) {
      if (isSafe(y.name())) {
        bind(a.name());
      } else if (isSafe(a.name())) {
        bind(y.name());
      } else {
        waitFor(a.name(), y.name());
        waitFor(y.name(), a.name());
      }
    } else if (isCollection(b)) {
      unifyVarWithCollection(a.name(), b);
    } else if (b instanceof RefTerm ref) {
      if (hasSafeHead(ref.ref(), safe)) {
        bind(a.name());
      }
    } else {
      bind(a.name());
    }
  }

  private void unifyVarWithCollection(String a, Term b) {
    if (isSafe(a)) {
      bindAll(b);
      return;
    }
    boolean complete = true;
    for (String v : VarScan.of(VarScan.Scope.PATTERN, b)) {
      if (!isSafe(v)) {
        complete = false;
        waitFor(a, v);
      }
    }
    if (complete) {
      bind(a);
    }
  }

  private void unifyObjects(ObjectTerm a, ObjectTerm b) {
    if (a.entries().size() != b.entries().size()) {
      return;
    }
    Map<Term, Term> members = new HashMap<>();
    b.entries().forEach(e -> members.put(e.key(), e.value()));
    for (ObjectTerm.Entry e : a.entries()) {
      Term other = members.get(e.key());
      if (other != null) {
        unify(e.value(), other);
      }
    }
  }

  private static boolean isCollection(Term t) {
    return t instanceof ArrayTerm || t instanceof ObjectTerm;
  }

  /** Whether a term other than a variable gives a value that such a collection can take apart. */
  private boolean givesValue(Term source, Term collection) {
    if (source instanceof RefTerm ref) {
      return hasSafeHead(ref.ref(), safe);
    }
    return source instanceof CallTerm
        || (source instanceof ArrayComprehension && collection instanceof ArrayTerm)
        || (source instanceof ObjectComprehension && collection instanceof ObjectTerm);
  }

  private boolean isSafe(String name) {
    return safe.contains(name) || bound.contains(name);
  }

  private void waitFor(String name, String other) {
    waiting.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(other);
  }

  private void bindAll(Term pattern) {
    VarScan.of(VarScan.Scope.PATTERN, pattern).forEach(this::bind);
  }

  private void bind(String name) {
    Deque<String> pending = new ArrayDeque<>();
    pending.add(name);
    while (!pending.isEmpty()) {
      String x = pending.remove();
      bound.add(x);
      @Nullable Set<String> parts = waiting.remove(x);
      if (parts != null) {
        pending.addAll(parts);
      }
      for (Iterator<Map.Entry<String, Set<String>>> it = waiting.entrySet().iterator();
          it.hasNext(); ) {
        Map.Entry<String, Set<String>> e = it.next();
        if (e.getValue().remove(x) && e.getValue().isEmpty()) {
          pending.add(e.getKey());
          it.remove();
        }
      }
    }
  }
}
