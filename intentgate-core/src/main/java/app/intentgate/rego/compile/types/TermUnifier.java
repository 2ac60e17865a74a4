package app.intentgate.rego.compile.types;

import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.RegoType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether terms can have types, or be equal, and learns the types of their variables from
 * it. Not thread-safe.
 */
final class TermUnifier {
  private final TermTypes types;
  private final TypeScope scope;

  TermUnifier(TermTypes types, TypeScope scope) {
    this.types = types;
    this.scope = scope;
  }

  /** Whether two terms can be equal. */
  boolean unify(Term a, Term b) {
    RegoType typeA = types.of(a, scope);
    RegoType typeB = types.of(b, scope);
    if (typeA != null && typeB != null) {
      return Types.unify(typeA, typeB);
    }
    if (typeB != null) {
      return unify(a, typeB, false);
    }
    if (typeA != null) {
      return unify(b, typeA, false);
    }
    if (a instanceof ArrayTerm || a instanceof ObjectTerm) {
      return unifyCollection(a, b);
    }
    if (!(a instanceof Var)) {
      return b instanceof Var && unifyKind(b, a);
    }
    if (b instanceof Var) {
      return unify(a, RegoType.ANY, false) && unify(b, RegoType.ANY, false);
    }
    return b instanceof ArrayTerm || b instanceof ObjectTerm
        ? unifyCollection(b, a)
        : unifyKind(a, b);
  }

  /** A variable of which nothing is known is at least such a collection. */
  private boolean unifyKind(Term variable, Term collection) {
    RegoType kind = types.kind(collection);
    return kind != null && unify(variable, kind, false);
  }

  private boolean unifyCollection(Term collection, Term other) {
    if (other instanceof Var) {
      return unify(collection, RegoType.ANY, false)
          && unify(other, Types.orAny(types.of(collection, scope)), false);
    }
    if (collection instanceof ArrayTerm a && other instanceof ArrayTerm b) {
      return unifyArrays(a, b);
    }
    return collection instanceof ObjectTerm a
        && other instanceof ObjectTerm b
        && unifyObjects(a, b);
  }

  private boolean unifyArrays(ArrayTerm a, ArrayTerm b) {
    if (a.elements().size() != b.elements().size()) {
      return false;
    }
    for (int i = 0; i < a.elements().size(); i++) {
      if (!unify(a.elements().get(i), b.elements().get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean unifyObjects(ObjectTerm a, ObjectTerm b) {
    Map<Term, Term> others = new HashMap<>();
    b.entries().forEach(e -> others.put(e.key(), e.value()));
    if (a.entries().size() != others.size()) {
      return false;
    }
    for (ObjectTerm.Entry e : a.entries()) {
      Term other = others.get(e.key());
      if (other == null || !unify(e.value(), other)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a term can have a type.
   *
   * @param widen whether variables whose type is known may have this type as well: it is one of
   *     several for the term
   */
  boolean unify(Term term, @Nullable RegoType type, boolean widen) {
    if (term instanceof Var v) {
      return unifyVar(v, type, widen);
    }
    boolean collection =
        term instanceof ArrayTerm || term instanceof ObjectTerm || term instanceof SetTerm;
    if (!collection) {
      return Types.unify(types.of(term, scope), type);
    }
    if (Types.isAny(type)) {
      parts(term);
      return true;
    }
    if (type instanceof RegoType.Union union) {
      boolean any = false;
      for (RegoType alternative : union.of()) {
        any |= unify(term, alternative, true);
      }
      return any;
    }
    if (term instanceof ArrayTerm array) {
      return type instanceof RegoType.Array of && unifyArray(array, of, widen);
    }
    if (term instanceof ObjectTerm object) {
      return type instanceof RegoType.Obj of && unifyObject(object, of, widen);
    }
    return type instanceof RegoType.Set of && unifySet((SetTerm) term, of, widen);
  }

  private boolean unifyVar(Var v, @Nullable RegoType type, boolean widen) {
    RegoType known = scope.get(v.name());
    if (widen && (known == null || !scope.isAlias(v.name()))) {
      scope.put(v.name(), Types.or(known, type));
      return true;
    }
    if (known != null) {
      return Types.unify(known, type);
    }
    scope.put(v.name(), type);
    return true;
  }

  /** The variables within a collection of any type can have any type. */
  private void parts(Term term) {
    if (term instanceof ArrayTerm array) {
      array.elements().forEach(e -> unify(e, RegoType.ANY, true));
    } else if (term instanceof SetTerm set) {
      set.elements().forEach(e -> unify(e, RegoType.ANY, true));
    } else if (term instanceof ObjectTerm object) {
      for (ObjectTerm.Entry e : object.entries()) {
        unify(e.key(), RegoType.ANY, true);
        unify(e.value(), RegoType.ANY, true);
      }
    }
  }

  private boolean unifyArray(ArrayTerm array, RegoType.Array type, boolean widen) {
    if (array.elements().size() != type.items().size() && type.rest() == null) {
      return false;
    }
    for (int i = 0; i < array.elements().size(); i++) {
      if (!unify(array.elements().get(i), Types.item(type, i), widen)) {
        return false;
      }
    }
    return true;
  }

  private boolean unifyObject(ObjectTerm object, RegoType.Obj type, boolean widen) {
    if (object.entries().size() != type.members().size() && type.value() == null) {
      return false;
    }
    for (ObjectTerm.Entry e : object.entries()) {
      if (!(e.key() instanceof ScalarTerm key)) {
        unify(e.value(), RegoType.ANY, widen);
        continue;
      }
      RegoType member = Types.select(type, key.value());
      if (member == null || !unify(e.value(), member, widen)) {
        return false;
      }
    }
    return true;
  }

  private boolean unifySet(SetTerm set, RegoType.Set type, boolean widen) {
    for (Term element : set.elements()) {
      if (!unify(element, type.of(), widen)) {
        return false;
      }
    }
    return true;
  }
}
