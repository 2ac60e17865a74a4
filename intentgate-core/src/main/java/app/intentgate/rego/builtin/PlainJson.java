package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.rego.spi.BuiltinContext;
import java.util.ArrayList;
import java.util.List;

/** Rego values as JSON has them: sets are sorted arrays, and keys are strings. */
final class PlainJson {
  private PlainJson() {}

  /** The value without sets, and with the JSON text of keys that are no strings. */
  static JsonValue of(BuiltinContext context, JsonValue value) {
    if (value instanceof JsonSet set) {
      return items(context, set);
    } else if (value instanceof JsonArray array) {
      return items(context, array);
    } else if (value instanceof JsonObject object) {
      JsonObject.Builder members = JsonObject.builder(object.size());
      for (int i = 0; i < object.size(); i++) {
        int at = object.sortedPosition(i);
        JsonValue key = object.keyAt(at);
        String name = key instanceof JsonString s ? s.value() : name(context, key);
        members.put(name, of(context, object.valueAt(at)));
      }
      return members.build();
    }
    return value;
  }

  /** The value as JSON text, charged for. */
  static String text(BuiltinContext context, JsonValue value) {
    long charged = ShownText.charge(context, value);
    String text = JsonWriter.goSortedText(of(context, value));
    context.chargeBytes(Math.max(0, text.length() - charged));
    return text;
  }

  /** Keys within keys are quoted again and again, which doubles their quotes each time. */
  private static String name(BuiltinContext context, JsonValue key) {
    String name = JsonWriter.goSortedText(of(context, key));
    context.chargeBytes(name.length());
    return name;
  }

  private static JsonArray items(BuiltinContext context, Iterable<JsonValue> items) {
    List<JsonValue> plain = new ArrayList<>();
    items.forEach(item -> plain.add(of(context, item)));
    return JsonArray.copyOf(plain);
  }
}
