package app.intentgate.rego.spi;

import app.intentgate.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One error found while parsing, compiling or evaluating Rego, with OPA's code and message.
 *
 * @param code one of {@link ErrorCode}
 * @param message what is wrong
 * @param location where, or {@link Location#NONE}
 * @param details more about it in OPA's shape (parse errors: {@code line} and {@code idx}), or null
 */
public record RegoError(
    String code, String message, Location location, @Nullable JsonObject details) {
  /** An error without details. */
  public static RegoError of(String code, Location location, String message) {
    return new RegoError(code, message, location, null);
  }

  /** {@code file:row: code: message}; without a place {@code code: message}. */
  @Override
  public String toString() {
    String text = code + ": " + message;
    if (location.isNone()) {
      return text;
    }
    return location + ": " + text;
  }
}
