package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** How refs go into values. */
final class Values {
  private Values() {}

  /** Whether an expression of this value holds: anything but undefined and false. */
  static boolean isTrue(@Nullable JsonValue value) {
    return value != null && value != JsonBoolean.FALSE;
  }

  /** What a value has under a key: a set has under an element the element itself. */
  static @Nullable JsonValue get(@Nullable JsonValue value, @Nullable JsonValue key) {
    if (value == null || key == null) {
      return null;
    }
    if (value instanceof JsonObject object) {
      return object.get(key);
    }
    if (value instanceof JsonArray array) {
      return item(array, key);
    }
    return value instanceof JsonSet set && set.contains(key) ? key : null;
  }

  /** The item at an index, which must be written as a whole number: 1.0 is no index in OPA. */
  static @Nullable JsonValue item(JsonArray array, JsonValue index) {
    if (index instanceof JsonNumber n && n.fitsLong() && n.isWrittenAsInteger()) {
      long at = n.longValue();
      if (at >= 0 && at < array.size()) {
        return array.get((int) at);
      }
    }
    return null;
  }

  /** Whether it is something that can be iterated over. */
  static boolean isCollection(@Nullable JsonValue value) {
    return value instanceof JsonArray || value instanceof JsonObject || value instanceof JsonSet;
  }

  /** How many items, which the evaluation is about to go through in order. */
  static int size(EvalContext c, JsonValue collection) {
    if (collection instanceof JsonArray array) {
      return array.size();
    }
    return collection instanceof JsonObject object
        ? object.size()
        : c.ordered((JsonSet) collection).size();
  }

  /** The key of the item that comes at a rank in Rego's order. */
  static JsonValue keyAt(JsonValue collection, int rank) {
    if (collection instanceof JsonArray) {
      return JsonNumber.of(rank);
    }
    return collection instanceof JsonObject object
        ? object.keyAt(object.sortedPosition(rank))
        : ((JsonSet) collection).get(rank);
  }
}
