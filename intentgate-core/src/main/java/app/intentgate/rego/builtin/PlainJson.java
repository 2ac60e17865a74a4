package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** Rego values as JSON has them: sets are sorted arrays, and keys are strings. */
final class PlainJson {
  private PlainJson() {}

  /** The value without sets, and with the JSON text of keys that are no strings. */
  static JsonValue of(JsonValue value) {
    if (value instanceof JsonSet set) {
      return items(set);
    } else if (value instanceof JsonArray array) {
      return items(array);
    } else if (value instanceof JsonObject object) {
      JsonObject.Builder members = JsonObject.builder(object.size());
      for (int i = 0; i < object.size(); i++) {
        int at = object.sortedPosition(i);
        JsonValue key = object.keyAt(at);
        String name = key instanceof JsonString s ? s.value() : JsonWriter.goSortedText(of(key));
        members.put(name, of(object.valueAt(at)));
      }
      return members.build();
    }
    return value;
  }

  private static JsonArray items(Iterable<JsonValue> items) {
    List<JsonValue> plain = new ArrayList<>();
    items.forEach(item -> plain.add(of(item)));
    return JsonArray.copyOf(plain);
  }
}
