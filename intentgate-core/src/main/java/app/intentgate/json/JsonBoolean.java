package app.intentgate.json;

/**
 * {@code true} or {@code false}. Exactly two instances exist, so they may be compared by identity.
 */
public final class JsonBoolean implements JsonValue {
  /** {@code true}. */
  public static final JsonBoolean TRUE = new JsonBoolean(true);

  /** {@code false}. */
  public static final JsonBoolean FALSE = new JsonBoolean(false);

  private final boolean value;

  private JsonBoolean(boolean value) {
    this.value = value;
  }

  /** The value itself. */
  public boolean value() {
    return value;
  }

  @Override
  public int typeOrder() {
    return 1;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(value);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public String toString() {
    return value ? "true" : "false";
  }
}
