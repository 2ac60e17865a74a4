package app.intentgate.rego.compile.types;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what type a term has in a scope, as far as it is known. Not thread-safe. */
final class TermTypes {
  final TypeTree rules;
  private final Map<Term, RegoType> comprehensions = new IdentityHashMap<>();
  private final Set<Term> partlyKnown = Collections.newSetFromMap(new IdentityHashMap<>());

  TermTypes(TypeTree rules) {
    this.rules = rules;
  }

  /** Notes what a comprehension gives; nothing when its body is wrong. */
  void put(Term comprehension, @Nullable RegoType type) {
    partlyKnown.remove(comprehension);
    if (type == null) {
      comprehensions.remove(comprehension);
    } else {
      comprehensions.put(comprehension, Types.bounded(type));
    }
  }

  /** Notes that nothing is wrong with a comprehension, though what it holds is not known yet. */
  void putPartlyKnown(Term comprehension) {
    comprehensions.remove(comprehension);
    partlyKnown.add(comprehension);
  }

  /** The kind of collection that a term of which parts are not known is; null for others. */
  @Nullable RegoType kind(Term term) {
    if (term instanceof SetTerm) {
      return RegoType.setOf(RegoType.ANY);
    }
    if (!partlyKnown.contains(term)) {
      return null;
    }
    return term instanceof ArrayComprehension
        ? RegoType.arrayOf(RegoType.ANY)
        : term instanceof SetComprehension
            ? RegoType.setOf(RegoType.ANY)
            : RegoType.objectOf(RegoType.ANY, RegoType.ANY);
  }

  /** The type of a term; null when it, or any part of it, is not known. */
  @Nullable RegoType of(Term term, TypeScope scope) {
    if (term instanceof ScalarTerm s) {
      return Types.of(s.value());
    }
    if (term instanceof Var v) {
      return scope.get(v.name());
    }
    if (term instanceof RefTerm r) {
      return of(r.ref(), scope);
    }
    RegoType type = null;
    if (term instanceof ArrayTerm a) {
      type = array(a, scope);
    } else if (term instanceof ObjectTerm o) {
      type = object(o, scope);
    } else if (term instanceof SetTerm s) {
      type = set(s, scope);
    } else {
      return comprehensions.get(term);
    }
    return type == null ? null : Types.bounded(type);
  }

  private @Nullable RegoType array(ArrayTerm array, TypeScope scope) {
    List<RegoType> items = new ArrayList<>();
    for (Term element : array.elements()) {
      RegoType type = of(element, scope);
      if (type == null) {
        return null;
      }
      items.add(type);
    }
    return new RegoType.Array(items, items.isEmpty() ? RegoType.ANY : null);
  }

  private @Nullable RegoType set(SetTerm set, TypeScope scope) {
    RegoType type = null;
    for (Term element : set.elements()) {
      RegoType item = of(element, scope);
      if (item != null) {
        type = Types.or(type, item);
      } else if (!(element instanceof Var)) {
        return null; // a variable of which nothing is known yet is no obstacle, as in OPA
      }
    }
    return new RegoType.Set(Types.orAny(type));
  }

  private @Nullable RegoType object(ObjectTerm object, TypeScope scope) {
    Map<JsonValue, RegoType> members = new LinkedHashMap<>();
    RegoType otherKeys = null;
    RegoType otherValues = null;
    for (ObjectTerm.Entry e : object.entries()) {
      RegoType value = of(e.value(), scope);
      if (value == null) {
        return null;
      }
      if (e.key() instanceof ScalarTerm key) {
        members.put(key.value(), value);
        continue;
      }
      RegoType key = of(e.key(), scope);
      if (key == null) {
        return null;
      }
      otherKeys = Types.or(otherKeys, key);
      otherValues = Types.or(otherValues, value);
    }
    return object.entries().isEmpty()
        ? RegoType.objectOf(RegoType.ANY, RegoType.ANY)
        : new RegoType.Obj(members, otherKeys, otherValues);
  }

  /** The type of what a ref leads to; any below {@code input}, and where there are no rules. */
  @Nullable RegoType of(Ref ref, TypeScope scope) {
    String head = ref.headName();
    if (head.equals("data")) {
      return ofDocument(ref);
    }
    if (head.equals("input")) {
      return RegoType.ANY;
    }
    return head.isEmpty() ? null : select(scope.get(head), ref, 1);
  }

  private @Nullable RegoType ofDocument(Ref ref) {
    TypeTree node = rules;
    for (int i = 1; i < ref.size(); i++) {
      if (!(ref.get(i) instanceof ScalarTerm key)) {
        return select(node.extent(), ref, i);
      }
      TypeTree child = node.child(key.value());
      if (child == null) {
        return node.type() == null ? RegoType.ANY : select(node.type(), ref, i);
      }
      node = child;
    }
    return node.extent();
  }

  /** The element of a ref that names a function, whether the ref ends there or goes on; or -1. */
  int functionIn(Ref ref) {
    TypeTree node = ref.headName().equals("data") ? rules : null;
    for (int i = 1; i < ref.size() && node != null; i++) {
      node = ref.get(i) instanceof ScalarTerm key ? node.child(key.value()) : null;
      if (node != null && node.type() instanceof RegoType.Function) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable RegoType select(@Nullable RegoType type, Ref ref, int from) {
    RegoType found = type;
    for (int i = from; i < ref.size() && found != null; i++) {
      found =
          ref.get(i) instanceof ScalarTerm key
              ? Types.select(found, key.value())
              : Types.values(found);
    }
    return found;
  }
}
