package app.intentgate.sdk.admin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads members that may be missing. */
final class Reading {
  private Reading() {}

  static String text(JsonObject object, String name) {
    JsonValue value = object.get(name);
    String text = value == null ? null : value.asText();
    return text == null ? "" : text;
  }

  static long number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber n && n.fitsLong() ? n.longValue() : 0;
  }

  static boolean flag(JsonObject object, String name) {
    return object.get(name) == JsonBoolean.TRUE;
  }

  static @Nullable Instant time(JsonObject object, String name) {
    try {
      return Instant.parse(text(object, name));
    } catch (DateTimeParseException absentOrOdd) {
      return null;
    }
  }

  static JsonObject object(JsonObject object, String name) {
    return object.get(name) instanceof JsonObject o ? o : JsonObject.EMPTY;
  }

  static <T> List<T> list(JsonObject object, String name, Function<JsonObject, T> read) {
    List<T> list = new ArrayList<>();
    if (object.get(name) instanceof JsonArray array) {
      for (JsonValue item : array) {
        if (item instanceof JsonObject o) {
          list.add(read.apply(o));
        }
      }
    }
    return List.copyOf(list);
  }
}
