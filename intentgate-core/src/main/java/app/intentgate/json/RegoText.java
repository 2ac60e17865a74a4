package app.intentgate.json;

/**
 * Values as Rego writes them: like JSON with a space after each comma and colon, and sets. Strings
 * are quoted as Go does.
 */
public final class RegoText {
  private RegoText() {}

  /** The value as a Rego term: {@code {"a": [1, {2}]}}, members and set items in Rego's order. */
  public static String of(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(JsonValue value, StringBuilder out) {
    if (value instanceof JsonArray array) {
      sequence(array, '[', ']', out);
    } else if (value instanceof JsonSet set) {
      if (set.isEmpty()) {
        out.append("set()");
      } else {
        sequence(set, '{', '}', out);
      }
    } else if (value instanceof JsonObject object) {
      out.append('{');
      for (int i = 0; i < object.size(); i++) {
        int at = object.sortedPosition(i);
        if (i > 0) {
          out.append(", ");
        }
        write(object.keyAt(at), out);
        out.append(": ");
        write(object.valueAt(at), out);
      }
      out.append('}');
    } else if (value instanceof JsonString s) {
      out.append(GoText.quote(s.value()));
    } else {
      out.append(JsonWriter.toText(value));
    }
  }

  private static void sequence(
      Iterable<JsonValue> items, char open, char close, StringBuilder out) {
    out.append(open);
    String separator = "";
    for (JsonValue item : items) {
      out.append(separator);
      write(item, out);
      separator = ", ";
    }
    out.append(close);
  }
}
