package app.intentgate.json;

/**
 * Writes values as compact JSON in UTF-8, numbers as they were read. Members stand in their own
 * order unless a method sorts them. A Rego set becomes a sorted array, an object key that is no
 * string its own JSON text. Methods are safe for use by several threads.
 */
public final class JsonWriter {
  private JsonWriter() {}

  /** The value as text that escapes only what JSON must have escaped. */
  public static String toText(JsonValue value) {
    return JsonOutput.plain().value(value).toText();
  }

  /** The value as bytes that escape only what JSON must have escaped. */
  public static byte[] toBytes(JsonValue value) {
    return JsonOutput.plain().value(value).toByteArray();
  }

  /** The value with the HTML-safe escapes of the wire formats (contract 1.2). */
  public static String goText(JsonValue value) {
    return JsonOutput.htmlSafe().value(value).toText();
  }

  /** The value with the HTML-safe escapes of the wire formats (contract 1.2). */
  public static byte[] goBytes(JsonValue value) {
    return JsonOutput.htmlSafe().value(value).toByteArray();
  }

  /**
   * The value with the members of all objects sorted by code point; otherwise as {@link #toBytes}.
   */
  public static byte[] toSortedBytes(JsonValue value) {
    return JsonOutput.plain().sortedValue(value).toByteArray();
  }

  /** The value with members sorted by code point, and the HTML-safe escapes of the wire formats. */
  public static String goSortedText(JsonValue value) {
    return JsonOutput.htmlSafe().sortedValue(value).toText();
  }
}
