package app.intentgate.rego.spi;

import app.intentgate.json.JsonValue;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order in which OPA lists the alternatives of a type: scalars, arrays, objects, sets, unions,
 * functions; of two collections the one without further parts first, then by their parts.
 */
final class TypeOrder implements Comparator<@Nullable RegoType> {
  static final TypeOrder INSTANCE = new TypeOrder();

  private TypeOrder() {}

  @Override
  public int compare(@Nullable RegoType a, @Nullable RegoType b) {
    int byKind = Integer.compare(kind(a), kind(b));
    if (byKind != 0) {
      return byKind;
    }
    if (a instanceof RegoType.Array x && b instanceof RegoType.Array y) {
      int byRest = compare(x.rest(), y.rest());
      return byRest != 0 ? byRest : compareAll(x.items(), y.items());
    }
    if (a instanceof RegoType.Obj x && b instanceof RegoType.Obj y) {
      int byKey = compare(x.key(), y.key());
      int byValue = byKey != 0 ? byKey : compare(x.value(), y.value());
      return byValue != 0 ? byValue : compareMembers(x.members(), y.members());
    }
    if (a instanceof RegoType.Set x && b instanceof RegoType.Set y) {
      return compare(x.of(), y.of());
    }
    if (a instanceof RegoType.Union x && b instanceof RegoType.Union y) {
      return compareAll(x.of(), y.of());
    }
    if (a instanceof RegoType.Function x && b instanceof RegoType.Function y) {
      int byArity = Integer.compare(x.arguments().size(), y.arguments().size());
      int byArgs = byArity != 0 ? byArity : compareAll(x.arguments(), y.arguments());
      return byArgs != 0 ? byArgs : compare(x.result(), y.result());
    }
    return 0;
  }

  private int compareAll(List<RegoType> a, List<RegoType> b) {
    for (int i = 0; i < a.size() && i < b.size(); i++) {
      int c = compare(a.get(i), b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private int compareMembers(Map<JsonValue, RegoType> a, Map<JsonValue, RegoType> b) {
    Iterator<Map.Entry<JsonValue, RegoType>> others = b.entrySet().iterator();
    for (Map.Entry<JsonValue, RegoType> member : a.entrySet()) {
      if (!others.hasNext()) {
        break;
      }
      Map.Entry<JsonValue, RegoType> other = others.next();
      int byKey = JsonValue.compare(member.getKey(), other.getKey());
      int c = byKey != 0 ? byKey : compare(member.getValue(), other.getValue());
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int kind(@Nullable RegoType type) {
    if (type == null) {
      return -1;
    }
    if (type instanceof RegoType.Scalar scalar) {
      return scalar.ordinal();
    }
    if (type instanceof RegoType.Array) {
      return 4;
    }
    if (type instanceof RegoType.Obj) {
      return 5;
    }
    if (type instanceof RegoType.Set) {
      return 6;
    }
    return type instanceof RegoType.Union ? 7 : 8;
  }
}
