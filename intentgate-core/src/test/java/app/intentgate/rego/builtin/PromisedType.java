package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.RegoType;
import java.util.Map;
import java.util.stream.IntStream;

/** Whether a value is of the type that a function's signature promises. */
final class PromisedType {
  private PromisedType() {}

  static boolean fits(JsonValue value, RegoType type) {
    if (type instanceof RegoType.Scalar scalar) {
      return Operands.typeName(value).equals(scalar.toString());
    } else if (type instanceof RegoType.Array array) {
      if (!(value instanceof JsonArray items) || items.size() < array.items().size()) {
        return false;
      }
      for (int i = 0; i < items.size(); i++) {
        RegoType item = i < array.items().size() ? array.items().get(i) : array.rest();
        if (item == null || !fits(items.get(i), item)) {
          return false;
        }
      }
      return true;
    } else if (type instanceof RegoType.Set set) {
      return value instanceof JsonSet items
          && IntStream.range(0, items.size()).allMatch(i -> fits(items.get(i), set.of()));
    } else if (type instanceof RegoType.Obj object) {
      return value instanceof JsonObject members && fits(members, object);
    }
    RegoType.Union union = (RegoType.Union) type;
    return union.of().isEmpty() || union.of().stream().anyMatch(t -> fits(value, t));
  }

  private static boolean fits(JsonObject members, RegoType.Obj type) {
    for (Map.Entry<JsonValue, RegoType> known : type.members().entrySet()) {
      JsonValue value = members.get(known.getKey());
      if (value == null || !fits(value, known.getValue())) {
        return false;
      }
    }
    for (int i = 0; i < members.size(); i++) {
      if (!type.members().containsKey(members.keyAt(i))) {
        RegoType key = type.key();
        RegoType value = type.value();
        if (key == null
            || value == null
            || !fits(members.keyAt(i), key)
            || !fits(members.valueAt(i), value)) {
          return false;
        }
      }
    }
    return true;
  }
}
