package app.intentgate.json;

/** The JSON {@code null}. */
public final class JsonNull implements JsonValue {
  /** The only instance. */
  public static final JsonNull NULL = new JsonNull();

  private JsonNull() {}

  @Override
  public int typeOrder() {
    return 0;
  }

  @Override
  public String toString() {
    return "null";
  }
}
