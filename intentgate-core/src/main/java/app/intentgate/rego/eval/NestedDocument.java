package app.intentgate.rego.eval;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that rules with several levels in their heads fill: objects within objects, with
 * values or sets at the ends. What one rule gave as a value, no other may reach into.
 */
final class NestedDocument {
  /** Each value is a Map again, a JsonSet.Builder, or a JsonValue. */
  private final Map<JsonValue, Object> root = new LinkedHashMap<>();

  /** Puts a value; false when it contradicts what is there. */
  boolean put(EvalContext c, JsonValue[] path, JsonValue value) {
    Map<JsonValue, Object> at = objectAt(path);
    if (at == null) {
      return false;
    }
    Object before = at.putIfAbsent(path[path.length - 1], value);
    return before == null || (before instanceof JsonValue b && c.equal(b, value));
  }

  /** Adds an element to the set at a path; false when something else is there. */
  boolean add(EvalContext c, JsonValue[] path, JsonValue element) {
    Map<JsonValue, Object> at = objectAt(path);
    if (at == null) {
      return false;
    }
    Object set = at.computeIfAbsent(path[path.length - 1], k -> JsonSet.builder());
    if (!(set instanceof JsonSet.Builder builder)) {
      return false;
    }
    c.chargeFor(element);
    builder.add(element);
    return true;
  }

  @SuppressWarnings("unchecked")
  private @Nullable Map<JsonValue, Object> objectAt(JsonValue[] path) {
    Map<JsonValue, Object> at = root;
    for (int i = 0; i < path.length - 1; i++) {
      Object next = at.computeIfAbsent(path[i], k -> new LinkedHashMap<JsonValue, Object>());
      if (!(next instanceof Map)) {
        return null;
      }
      at = (Map<JsonValue, Object>) next;
    }
    return at;
  }

  /** The document as a value. */
  JsonObject build() {
    return build(root);
  }

  @SuppressWarnings("unchecked")
  private static JsonObject build(Map<JsonValue, Object> members) {
    JsonObject.Builder object = JsonObject.builder(members.size());
    members.forEach(
        (key, value) -> {
          if (value instanceof JsonValue v) {
            object.put(key, v);
          } else if (value instanceof JsonSet.Builder set) {
            object.put(key, set.build());
          } else {
            object.put(key, build((Map<JsonValue, Object>) value));
          }
        });
    return object.build();
  }
}
