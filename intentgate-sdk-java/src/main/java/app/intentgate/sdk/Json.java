package app.intentgate.sdk;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Looks into answers. */
final class Json {
  private Json() {}

  /** A member's text, or another when it is absent or none. */
  static String text(JsonObject object, String name, String otherwise) {
    JsonValue value = object.get(name);
    String text = value == null ? null : value.asText();
    return text == null ? otherwise : text;
  }

  /** A whole number, or 0. */
  static int code(@Nullable JsonValue value) {
    return value instanceof JsonNumber n && n.fitsLong() && n.longValue() == (int) n.longValue()
        ? (int) n.longValue()
        : 0;
  }
}
