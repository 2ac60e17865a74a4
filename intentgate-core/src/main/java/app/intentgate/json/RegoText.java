package app.intentgate.json;

import app.intentgate.text.GoText;

/**
 * Values as Rego writes them: like JSON with a space after each comma and colon, and sets. Strings
 * are quoted as Go does.
 */
public final class RegoText {
  private RegoText() {}

  /** The value as a Rego term: {@code {"a": [1, {2}]}}, members and set items in Rego's order. */
  public static String of(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, Integer.MAX_VALUE, out);
    return out.toString();
  }

  /**
   * The start of the value as a Rego term, with {@code ...} where it is cut. Costs no more than
   * what it shows, however large the value is.
   *
   * @param maxChars the longest text that is not cut, in UTF-16 units
   */
  public static String ofAtMost(JsonValue value, int maxChars) {
    StringBuilder out = new StringBuilder();
    write(value, maxChars, out);
    if (out.length() <= maxChars) {
      return out.toString();
    }
    boolean inPair = maxChars > 0 && Character.isHighSurrogate(out.charAt(maxChars - 1));
    return out.substring(0, inPair ? maxChars - 1 : maxChars) + "...";
  }

  /** Writes at least as much as fits. */
  private static void write(JsonValue value, int maxChars, StringBuilder out) {
    if (value instanceof JsonArray array) {
      sequence(array, '[', ']', maxChars, out);
    } else if (value instanceof JsonSet set) {
      if (set.isEmpty()) {
        out.append("set()");
      } else {
        sequence(set, '{', '}', maxChars, out);
      }
    } else if (value instanceof JsonObject object) {
      out.append('{');
      for (int i = 0; i < object.size() && out.length() <= maxChars; i++) {
        int at = object.sortedPosition(i);
        if (i > 0) {
          out.append(", ");
        }
        write(object.keyAt(at), maxChars, out);
        out.append(": ");
        write(object.valueAt(at), maxChars, out);
      }
      out.append('}');
    } else if (value instanceof JsonString s) {
      String text = s.value();
      out.append(GoText.quote(text.length() <= maxChars ? text : text.substring(0, maxChars + 1)));
    } else {
      out.append(JsonWriter.toText(value));
    }
  }

  private static void sequence(
      Iterable<JsonValue> items, char open, char close, int maxChars, StringBuilder out) {
    out.append(open);
    String separator = "";
    for (JsonValue item : items) {
      if (out.length() > maxChars) {
        break;
      }
      out.append(separator);
      write(item, maxChars, out);
      separator = ", ";
    }
    out.append(close);
  }
}
