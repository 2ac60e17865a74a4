package app.intentgate.rego.compile.types;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes types as OPA's JSON has them in the details of errors. */
final class TypeJson {
  private TypeJson() {}

  /** A type; null when it is not known. */
  static JsonValue of(@Nullable RegoType type) {
    if (type == null) {
      return JsonNull.NULL;
    }
    JsonObject.Builder json = JsonObject.builder(3);
    if (type instanceof RegoType.Scalar scalar) {
      json.put("type", scalar.name().toLowerCase(Locale.ROOT));
    } else if (type instanceof RegoType.Array array) {
      array(array, json.put("type", "array"));
    } else if (type instanceof RegoType.Obj object) {
      object(object, json.put("type", "object"));
    } else if (type instanceof RegoType.Set set) {
      json.put("type", "set").put("of", of(set.of()));
    } else if (type instanceof RegoType.Union union) {
      json.put("type", "any");
      if (!union.of().isEmpty()) {
        json.put("of", list(union.of()));
      }
    } else if (type instanceof RegoType.Function function) {
      json.put("type", "function").put("result", of(function.result()));
      if (!function.arguments().isEmpty()) {
        json.put("args", list(function.arguments()));
      }
    }
    return json.build();
  }

  private static void array(RegoType.Array array, JsonObject.Builder json) {
    if (!array.items().isEmpty()) {
      json.put("static", list(array.items()));
    }
    if (array.rest() != null) {
      json.put("dynamic", of(array.rest()));
    }
  }

  private static void object(RegoType.Obj object, JsonObject.Builder json) {
    if (!object.members().isEmpty()) {
      List<JsonValue> members = new ArrayList<>();
      for (Map.Entry<JsonValue, RegoType> m : object.members().entrySet()) {
        members.add(JsonObject.of("key", m.getKey(), "value", of(m.getValue())));
      }
      json.put("static", JsonArray.copyOf(members));
    }
    if (object.key() != null) {
      json.put("dynamic", JsonObject.of("key", of(object.key()), "value", of(object.value())));
    }
  }

  static JsonArray list(List<? extends @Nullable RegoType> types) {
    List<JsonValue> items = new ArrayList<>();
    types.forEach(t -> items.add(of(t)));
    return JsonArray.copyOf(items);
  }
}
