package app.intentgate.rego.builtin;

/** A JSON schema that is none. */
final class SchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  SchemaException(String message) {
    super(message, null, false, false);
  }

  static SchemaException invalidType(String expected, String given) {
    return new SchemaException("Invalid type. Expected: " + expected + ", given: " + given);
  }

  static SchemaException mustBe(String key, String what) {
    return new SchemaException(key + " must be of " + what);
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
