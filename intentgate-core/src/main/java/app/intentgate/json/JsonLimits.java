package app.intentgate.json;

/**
 * How much JSON a reader accepts.
 *
 * @param maxBytes the most bytes of a document
 * @param maxDepth the most objects and arrays inside one another; the outermost counts as 1
 */
public record JsonLimits(int maxBytes, int maxDepth) {
  /**
   * The deepest nesting any reader may be told to accept. Values are compared, hashed and written
   * by recursion, and this much fits a stack of 512 KB.
   */
  public static final int GREATEST_DEPTH = 1_000;

  private static final JsonLimits DEFAULTS = new JsonLimits(1 << 20, 64);
  private static final JsonLimits REGO = new JsonLimits(Integer.MAX_VALUE, GREATEST_DEPTH);

  /**
   * Limits of a reader.
   *
   * @throws IllegalArgumentException when a limit is below 1, or the depth above {@link
   *     #GREATEST_DEPTH}
   */
  public JsonLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, not " + maxBytes);
    }
    if (maxDepth < 1 || maxDepth > GREATEST_DEPTH) {
      throw new IllegalArgumentException(
          "maxDepth must be from 1 to " + GREATEST_DEPTH + ", not " + maxDepth);
    }
  }

  /** What a request may have: 1 MiB and 64 levels (B1). */
  public static JsonLimits ofDefaults() {
    return DEFAULTS;
  }

  /** What policy data may have: {@link #GREATEST_DEPTH} levels, and any size its holder allows. */
  public static JsonLimits forRego() {
    return REGO;
  }

  /** These limits with another size. */
  public JsonLimits withMaxBytes(int bytes) {
    return new JsonLimits(bytes, maxDepth);
  }

  /** These limits with another depth. */
  public JsonLimits withMaxDepth(int depth) {
    return new JsonLimits(maxBytes, depth);
  }
}
