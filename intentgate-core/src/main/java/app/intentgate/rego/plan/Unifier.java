package app.intentgate.rego.plan;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.eval.Guards;
import app.intentgate.rego.eval.Operand;
import app.intentgate.rego.eval.Operands;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans {@code =}. Which variables are bound is known, so every equation is a comparison, an
 * assignment, or a pattern taken apart; nothing is left to be solved while evaluating.
 */
final class Unifier {
  private final BodyPlanner body;

  Unifier(BodyPlanner body) {
    this.body = body;
  }

  private record Equation(Term left, Term right) {}

  /** A pattern and what must fit it. */
  private record Match(Term pattern, Operand value) {}

  /** Plans {@code left = right}. */
  void unify(Term left, Term right) {
    Deque<Equation> open = new ArrayDeque<>();
    open.add(new Equation(left, right));
    int waiting = 0;
    while (!open.isEmpty()) {
      Equation e = open.remove();
      if (step(e, open)) {
        waiting = 0;
      } else {
        open.add(e);
        if (++waiting > open.size()) {
          throw new UnplannableException("cannot be solved: " + e.left + " = " + e.right);
        }
      }
    }
  }

  /** Plans an equation, or takes it apart; false when it has to wait for another. */
  private boolean step(Equation e, Deque<Equation> open) {
    boolean left = isComputed(e.left);
    boolean right = isComputed(e.right);
    if (left && right) {
      compare(e.left, e.right);
    } else if (right) {
      match(e.left, body.term(e.right));
    } else if (left) {
      match(e.right, body.term(e.left));
    } else {
      return takeApart(e, open);
    }
    return true;
  }

  /** Whether a side has a value of its own, possibly several: no pattern. */
  private boolean isComputed(Term term) {
    return term instanceof RefTerm ref ? headIsBound(ref) : body.names().isClosed(term);
  }

  private boolean headIsBound(RefTerm term) {
    return body.names().isClosed(term.ref().head());
  }

  private void compare(Term left, Term right) {
    boolean leftIterates = !body.names().isClosed(left);
    if (leftIterates && body.names().isClosed(right)) {
      Operand b = body.pinned(body.term(right));
      body.links().guard(Guards.equal(body.term(left), b));
    } else if (leftIterates) {
      Operand a = body.pinned(body.term(left));
      body.links().guard(Guards.equal(a, body.term(right)));
    } else if (!body.names().isClosed(right)) {
      Operand a = body.pinned(body.term(left));
      body.links().guard(Guards.equal(a, body.term(right)));
    } else {
      body.links().guard(Guards.equal(body.term(left), body.term(right)));
    }
  }

  private boolean takeApart(Equation e, Deque<Equation> open) {
    if (e.left instanceof ArrayTerm a && e.right instanceof ArrayTerm b) {
      if (a.elements().size() != b.elements().size()) {
        body.links().guard(Guards.NEVER);
        return true;
      }
      for (int i = 0; i < a.elements().size(); i++) {
        open.add(new Equation(a.elements().get(i), b.elements().get(i)));
      }
      return true;
    }
    if (e.left instanceof ObjectTerm a && e.right instanceof ObjectTerm b) {
      takeApart(a, b, open);
      return true;
    }
    if (e.left instanceof Var || e.right instanceof Var) {
      return false;
    }
    body.links().guard(Guards.NEVER);
    return true;
  }

  private void takeApart(ObjectTerm a, ObjectTerm b, Deque<Equation> open) {
    if (a.entries().size() != b.entries().size()) {
      body.links().guard(Guards.NEVER);
      return;
    }
    for (ObjectTerm.Entry mine : a.entries()) {
      Term theirs = null;
      for (ObjectTerm.Entry other : b.entries()) {
        if (other.key().equals(mine.key())) {
          theirs = other.value();
        }
      }
      if (theirs == null) {
        body.links().guard(Guards.NEVER);
        return;
      }
      open.add(new Equation(mine.value(), theirs));
    }
  }

  /** Plans that a value fits a pattern, which binds the variables in it that are free. */
  void match(Term pattern, Operand value) {
    Deque<Match> open = new ArrayDeque<>();
    open.add(new Match(pattern, value));
    int waiting = 0;
    while (!open.isEmpty()) {
      Match m = open.remove();
      List<Match> parts = parts(m);
      if (parts != null) {
        waiting = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
          open.addFirst(parts.get(i));
        }
      } else {
        open.add(m);
        if (++waiting > open.size()) {
          throw new UnplannableException("no pattern: " + m.pattern);
        }
      }
    }
  }

  /** Plans one level of a pattern and gives the parts that are left; null when it has to wait. */
  private @Nullable List<Match> parts(Match m) {
    if (m.pattern instanceof Var v && !body.names().isBound(v.name())) {
      int slot = Operands.slotOf(m.value);
      if (slot >= 0) {
        body.names().alias(v.name(), slot);
      } else if (m.value.constant() == null && !body.uses().isUsedElsewhere(v)) {
        body.links().guard(Guards.isDefined(m.value));
      } else {
        int own = body.names().bind(v.name());
        body.links().guard(Guards.assign(own, m.value));
      }
      return List.of();
    }
    if (body.names().isClosed(m.pattern)) {
      body.links().guard(Guards.equal(m.value, body.term(m.pattern)));
      return List.of();
    }
    if (m.pattern instanceof ArrayTerm a) {
      int slot = body.pinnedSlot(m.value);
      body.links().guard(Guards.isArray(slot, a.elements().size()));
      List<Match> parts = new ArrayList<>();
      for (int i = 0; i < a.elements().size(); i++) {
        parts.add(new Match(a.elements().get(i), Operands.item(slot, i)));
      }
      return parts;
    }
    if (m.pattern instanceof ObjectTerm o) {
      return members(o, m.value);
    }
    if (m.pattern instanceof RefTerm) {
      Operand pinned = body.pinned(m.value);
      body.links().guard(Guards.equal(pinned, body.term(m.pattern)));
      return List.of();
    }
    if (m.pattern instanceof SetTerm || m.pattern instanceof Var) {
      return null;
    }
    throw new UnplannableException("no pattern: " + m.pattern);
  }

  private @Nullable List<Match> members(ObjectTerm o, Operand value) {
    if (!o.entries().stream().allMatch(e -> body.names().isClosed(e.key()))) {
      return null;
    }
    int slot = body.pinnedSlot(value);
    body.links().guard(Guards.isObject(slot, o.entries().size()));
    List<Match> parts = new ArrayList<>();
    for (ObjectTerm.Entry e : o.entries()) {
      JsonValue key = Constants.of(e.key());
      Operand at = key == null ? body.term(e.key()) : Operands.constant(key);
      parts.add(new Match(e.value(), Operands.lookup(Operands.slot(slot), at)));
    }
    return parts;
  }
}
