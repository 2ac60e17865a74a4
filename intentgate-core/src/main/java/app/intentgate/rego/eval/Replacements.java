package app.intentgate.rego.eval;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Documents with parts put in place. */
final class Replacements {
  private Replacements() {}

  /**
   * The document with a value at a path. What stands in the way and is no object gives way; missing
   * objects are made.
   */
  static JsonValue put(@Nullable JsonValue document, JsonValue[] path, int at, JsonValue value) {
    if (at == path.length) {
      return value;
    }
    if (document instanceof JsonObject object) {
      JsonValue child = put(object.get(path[at]), path, at + 1, value);
      return object.toBuilder().put(path[at], child).build();
    }
    return JsonObject.builder(1).put(path[at], put(null, path, at + 1, value)).build();
  }

  /**
   * Two objects as one; where both have a key, objects are merged and otherwise the first wins.
   * Null when one of the two is no object.
   */
  static @Nullable JsonObject merge(JsonValue first, JsonValue second) {
    if (!(first instanceof JsonObject a) || !(second instanceof JsonObject b)) {
      return null;
    }
    JsonObject.Builder merged = a.toBuilder();
    for (int i = 0; i < b.size(); i++) {
      JsonValue key = b.keyAt(i);
      JsonValue mine = a.get(key);
      JsonValue both = mine == null ? b.valueAt(i) : merge(mine, b.valueAt(i));
      if (both != null) {
        merged.put(key, both);
      }
    }
    return merged.build();
  }
}
