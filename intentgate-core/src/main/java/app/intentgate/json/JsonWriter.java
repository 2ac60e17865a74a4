package app.intentgate.json;

/** Writes values as JSON text. */
public final class JsonWriter {
  private JsonWriter() {}

  /** The value as compact JSON text, members in their own order, numbers as written. */
  public static String toText(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(JsonValue value, StringBuilder out) {
    if (value instanceof JsonString s) {
      out.append('"').append(s.value()).append('"');
    } else {
      out.append(value);
    }
  }
}
