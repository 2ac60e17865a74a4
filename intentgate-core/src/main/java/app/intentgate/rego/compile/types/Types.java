package app.intentgate.rego.compile.types;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Computing with types. Null stands for a type that is not known yet, and for one that cannot be.
 */
final class Types {
  /** More alternatives than this are taken for any. */
  private static final int MOST_ALTERNATIVES = 32;

  /** Types with more parts than this are taken for any. */
  private static final int MOST_PARTS = 1_000;

  private static final int MOST_LEVELS = 60;

  private Types() {}

  static boolean isAny(@Nullable RegoType type) {
    return type instanceof RegoType.Union u && u.of().isEmpty();
  }

  /** The type of values that have one type or the other. */
  static @Nullable RegoType or(@Nullable RegoType a, @Nullable RegoType b) {
    if (a == null || a.equals(b)) {
      return b;
    }
    if (b == null) {
      return a;
    }
    if (isAny(a) || isAny(b)) {
      return RegoType.ANY;
    }
    if (a instanceof RegoType.Function f && b instanceof RegoType.Function g) {
      return orFunctions(f, g);
    }
    List<RegoType> all = new ArrayList<>(alternatives(a));
    for (RegoType t : alternatives(b)) {
      if (!all.contains(t)) {
        all.add(t);
      }
    }
    return all.size() > MOST_ALTERNATIVES
        ? RegoType.ANY
        : all.size() == 1 ? all.get(0) : new RegoType.Union(all);
  }

  private static RegoType orFunctions(RegoType.Function f, RegoType.Function g) {
    if (f.arguments().size() != g.arguments().size()) {
      return RegoType.ANY;
    }
    List<RegoType> arguments = new ArrayList<>();
    for (int i = 0; i < f.arguments().size(); i++) {
      arguments.add(orAny(or(f.arguments().get(i), g.arguments().get(i))));
    }
    return new RegoType.Function(arguments, orAny(or(f.result(), g.result())));
  }

  static RegoType orAny(@Nullable RegoType type) {
    return type == null ? RegoType.ANY : type;
  }

  private static List<RegoType> alternatives(RegoType type) {
    return type instanceof RegoType.Union u ? u.of() : List.of(type);
  }

  /**
   * The type of one more rule at a path: collections without fixed parts grow together. Null for a
   * function where there is something else: nothing can be said of that.
   */
  static @Nullable RegoType merge(@Nullable RegoType a, RegoType b) {
    if (a != null && a instanceof RegoType.Function != b instanceof RegoType.Function) {
      return null;
    }
    if (a instanceof RegoType.Set s && b instanceof RegoType.Set t) {
      return new RegoType.Set(orAny(or(s.of(), t.of())));
    }
    if (a instanceof RegoType.Obj o
        && b instanceof RegoType.Obj p
        && o.members().isEmpty()
        && p.members().isEmpty()) {
      return new RegoType.Obj(Map.of(), or(o.key(), p.key()), or(o.value(), p.value()));
    }
    return or(a, b);
  }

  /** The type of a value. */
  static RegoType of(JsonValue value) {
    if (value instanceof JsonArray array) {
      List<RegoType> items = new ArrayList<>();
      array.forEach(item -> items.add(of(item)));
      return new RegoType.Array(items, items.isEmpty() ? RegoType.ANY : null);
    }
    if (value instanceof JsonObject object) {
      Map<JsonValue, RegoType> members = new LinkedHashMap<>();
      for (int i = 0; i < object.size(); i++) {
        members.put(object.keyAt(i), of(object.valueAt(i)));
      }
      return members.isEmpty()
          ? RegoType.objectOf(RegoType.ANY, RegoType.ANY)
          : new RegoType.Obj(members, null, null);
    }
    if (value instanceof JsonSet set) {
      RegoType item = null;
      for (JsonValue v : set) {
        item = or(item, of(v));
      }
      return new RegoType.Set(orAny(item));
    }
    return switch (value.typeOrder()) {
      case 0 -> RegoType.Scalar.NULL;
      case 1 -> RegoType.Scalar.BOOLEAN;
      case 2 -> RegoType.Scalar.NUMBER;
      default -> RegoType.Scalar.STRING;
    };
  }

  /** The type of what a collection is indexed with; null when it is no collection. */
  static @Nullable RegoType keys(@Nullable RegoType type) {
    if (type instanceof RegoType.Array) {
      return RegoType.Scalar.NUMBER;
    }
    if (type instanceof RegoType.Set set) {
      return set.of();
    }
    if (type instanceof RegoType.Obj object) {
      RegoType keys = object.key();
      for (JsonValue key : object.members().keySet()) {
        keys = or(keys, of(key));
      }
      return keys;
    }
    if (type instanceof RegoType.Union union && !union.of().isEmpty()) {
      RegoType keys = null;
      for (RegoType t : union.of()) {
        keys = or(keys, keys(t));
      }
      return keys;
    }
    return isAny(type) ? type : null;
  }

  /** The keys of an object that are known one by one, in Rego's order. */
  static List<JsonValue> fixedKeys(@Nullable RegoType type) {
    SortedSet<JsonValue> keys = new TreeSet<>(JsonValue::compare);
    if (type instanceof RegoType.Obj object) {
      keys.addAll(object.members().keySet());
    } else if (type instanceof RegoType.Union union) {
      union.of().forEach(t -> keys.addAll(fixedKeys(t)));
    }
    return List.copyOf(keys);
  }

  /** The type of what is in a collection; null when it is none. */
  static @Nullable RegoType values(@Nullable RegoType type) {
    if (type instanceof RegoType.Array array) {
      RegoType values = array.rest();
      for (RegoType t : array.items()) {
        values = or(values, t);
      }
      return values;
    }
    if (type instanceof RegoType.Set set) {
      return set.of();
    }
    if (type instanceof RegoType.Obj object) {
      RegoType values = object.value();
      for (RegoType t : object.members().values()) {
        values = or(values, t);
      }
      return values;
    }
    if (type instanceof RegoType.Union union && !union.of().isEmpty()) {
      RegoType values = null;
      for (RegoType t : union.of()) {
        values = or(values, values(t));
      }
      return values;
    }
    return isAny(type) ? type : null;
  }

  /** The type of what is under a key of a collection; null when there is nothing. */
  static @Nullable RegoType select(@Nullable RegoType type, JsonValue key) {
    if (type instanceof RegoType.Array array) {
      return key instanceof JsonNumber n && n.isInteger() ? item(array, n) : null;
    }
    if (type instanceof RegoType.Set set) {
      return contains(set.of(), of(key)) ? of(key) : null; // the element is the key itself
    }
    if (type instanceof RegoType.Obj object) {
      RegoType member = object.members().get(key);
      boolean other = member == null && object.key() != null && contains(object.key(), of(key));
      return other ? object.value() : member;
    }
    if (type instanceof RegoType.Union union && !union.of().isEmpty()) {
      RegoType found = null;
      for (RegoType t : union.of()) {
        found = or(found, select(t, key));
      }
      return found;
    }
    return isAny(type) ? type : null;
  }

  private static @Nullable RegoType item(RegoType.Array array, JsonNumber index) {
    boolean fixed =
        index.fitsLong() && index.longValue() >= 0 && index.longValue() < array.items().size();
    return fixed ? array.items().get((int) index.longValue()) : array.rest();
  }

  /** The type of an array's item. */
  static @Nullable RegoType item(RegoType.Array array, int index) {
    return index < array.items().size() ? array.items().get(index) : array.rest();
  }

  /** Whether all values of the second type are among those of the first, as far as is known. */
  static boolean contains(RegoType a, RegoType b) {
    if (isAny(a) || a.equals(b)) {
      return true;
    }
    List<RegoType> of = alternatives(a);
    return alternatives(b).stream().allMatch(t -> of.contains(t) || isAny(b));
  }

  /** Whether a value could have both types. */
  static boolean unify(@Nullable RegoType a, @Nullable RegoType b) {
    if (a == null || b == null) {
      return false;
    }
    if (a instanceof RegoType.Union || b instanceof RegoType.Union) {
      return unifyAlternatives(a, b);
    }
    if (a instanceof RegoType.Array x && b instanceof RegoType.Array y) {
      return unifyItems(x, y)
          && (x.rest() == null || y.rest() == null || unify(x.rest(), y.rest()));
    }
    if (a instanceof RegoType.Obj x && b instanceof RegoType.Obj y) {
      return unifyMembers(x, y)
          && (x.value() == null || y.value() == null || unify(x.value(), y.value()));
    }
    if (a instanceof RegoType.Set x && b instanceof RegoType.Set y) {
      return unify(x.of(), y.of());
    }
    if (a instanceof RegoType.Function f && b instanceof RegoType.Function g) {
      return f.arguments().size() == g.arguments().size();
    }
    return a.equals(b);
  }

  private static boolean unifyAlternatives(RegoType a, RegoType b) {
    if (isAny(a) || isAny(b)) {
      return !(a instanceof RegoType.Function) && !(b instanceof RegoType.Function);
    }
    for (RegoType x : alternatives(a)) {
      for (RegoType y : alternatives(b)) {
        if (unify(x, y)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean unifyItems(RegoType.Array a, RegoType.Array b) {
    int fixed = Math.max(a.items().size(), b.items().size());
    for (int i = 0; i < fixed; i++) {
      if (!unify(item(a, i), item(b, i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean unifyMembers(RegoType.Obj a, RegoType.Obj b) {
    for (Map.Entry<JsonValue, RegoType> member : a.members().entrySet()) {
      if (!unify(member.getValue(), select(b, member.getKey()))) {
        return false;
      }
    }
    for (Map.Entry<JsonValue, RegoType> member : b.members().entrySet()) {
      boolean both = a.members().containsKey(member.getKey());
      if (!both && !unify(select(a, member.getKey()), member.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** The type, or any when it is so large that comparing it would take long. */
  static RegoType bounded(RegoType type) {
    return new Size().exceeds(type, 0) ? RegoType.ANY : type;
  }

  /** Counts the parts of a type, up to a limit. */
  private static final class Size {
    private int parts;

    boolean exceeds(@Nullable RegoType type, int depth) {
      if (type == null) {
        return false;
      }
      if (++parts > MOST_PARTS || depth > MOST_LEVELS) {
        return true;
      }
      if (type instanceof RegoType.Array a) {
        return exceeds(a.items(), depth) || exceeds(a.rest(), depth + 1);
      }
      if (type instanceof RegoType.Obj o) {
        return exceeds(o.members().values(), depth)
            || exceeds(o.key(), depth + 1)
            || exceeds(o.value(), depth + 1);
      }
      if (type instanceof RegoType.Union u) {
        return exceeds(u.of(), depth);
      }
      return type instanceof RegoType.Set s && exceeds(s.of(), depth + 1);
    }

    private boolean exceeds(Collection<RegoType> types, int depth) {
      for (RegoType t : types) {
        if (exceeds(t, depth + 1)) {
          return true;
        }
      }
      return false;
    }
  }
}
