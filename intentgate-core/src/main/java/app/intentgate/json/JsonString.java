package app.intentgate.json;

/**
 * A string. Lone surrogates, which JSON escapes can express, are kept; the writers escape them
 * again.
 */
public final class JsonString implements JsonValue {
  /** The empty string. */
  public static final JsonString EMPTY = new JsonString("");

  private final String value;

  private JsonString(String value) {
    this.value = value;
  }

  /** A string value. */
  public static JsonString of(String value) {
    return value.isEmpty() ? EMPTY : new JsonString(value);
  }

  /** The text. */
  public String value() {
    return value;
  }

  @Override
  public int typeOrder() {
    return 3;
  }

  @Override
  public int weight() {
    return Weights.ofText(value.length());
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonString s && s.value.equals(value);
  }

  /** The value as JSON text. */
  @Override
  public String toString() {
    return JsonWriter.toText(this);
  }
}
