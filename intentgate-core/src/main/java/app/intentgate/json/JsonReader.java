package app.intentgate.json;

import app.intentgate.json.JsonParseException.Problem;

/**
 * Reads JSON. Strict, as the wire wants it (B1, B3): RFC 8259 to the letter, valid UTF-8, no two
 * members of one name, bounded depth and size, numbers kept as written, escaped lone surrogates
 * kept in the string. Rego mode, for policy data and {@code json.unmarshal}: of equal member names
 * the last wins, and lone surrogates become U+FFFD.
 *
 * <p>Numbers whose exponent has more than 18 digits are refused in both modes. Methods are safe for
 * use by several threads.
 */
public final class JsonReader {
  private JsonReader() {}

  /**
   * The one value of a document, with {@linkplain JsonLimits#ofDefaults() default limits}.
   *
   * @throws JsonParseException when it is not strict JSON
   */
  public static JsonValue parse(byte[] utf8) {
    return parse(utf8, JsonLimits.ofDefaults());
  }

  /**
   * The one value of a document. The bytes must not change meanwhile; they are not kept.
   *
   * @throws JsonParseException when it is not strict JSON or beyond the limits
   */
  public static JsonValue parse(byte[] utf8, JsonLimits limits) {
    return read(utf8, limits, false);
  }

  /**
   * The one value of a text, with {@linkplain JsonLimits#ofDefaults() default limits}. An unescaped
   * lone surrogate is refused: it could not have come over the wire.
   *
   * @throws JsonParseException when it is not strict JSON
   */
  public static JsonValue parse(String text) {
    return parse(Utf8.encode(text), JsonLimits.ofDefaults());
  }

  /**
   * The one value of a text in Rego mode.
   *
   * @throws JsonParseException when it is not JSON
   */
  public static JsonValue parseRego(String text) {
    byte[] bytes = Utf8.encode(text);
    Utf8.replaceSurrogates(bytes);
    return parseRego(bytes);
  }

  /**
   * The one value of a document in Rego mode.
   *
   * @throws JsonParseException when it is not JSON, or not UTF-8
   */
  public static JsonValue parseRego(byte[] utf8) {
    return read(utf8, JsonLimits.forRego(), true);
  }

  private static JsonValue read(byte[] utf8, JsonLimits limits, boolean rego) {
    JsonScanner scanner = new JsonScanner(utf8, utf8.length, rego);
    if (utf8.length > limits.maxBytes()) {
      throw scanner.failure(
          Problem.TOO_LARGE, 0, "at most " + limits.maxBytes() + " bytes", "document too large");
    }
    return new JsonParser(scanner, limits.maxDepth(), rego).document();
  }
}
