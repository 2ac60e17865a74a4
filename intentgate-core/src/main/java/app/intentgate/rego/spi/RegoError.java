package app.intentgate.rego.spi;

import app.intentgate.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One error found while parsing, compiling or evaluating Rego, with OPA's code and message.
 *
 * @param code one of {@link ErrorCode}
 * @param message what is wrong
 * @param location where, or {@link Location#NONE}
 * @param details more about it in OPA's shape (of a parse error the source's row and an index), or
 *     null
 * @param lines the same for people: the source line with a mark below, the types that do not fit
 */
public record RegoError(
    String code,
    String message,
    Location location,
    @Nullable JsonObject details,
    List<String> lines) {
  /** Copies the list. */
  public RegoError {
    lines = List.copyOf(lines);
  }

  /** An error without details. */
  public static RegoError of(String code, Location location, String message) {
    return new RegoError(code, message, location, null, List.of());
  }

  /** {@code file:row: code: message}, and below it the lines that explain it, indented. */
  public String text() {
    StringBuilder out = new StringBuilder(toString());
    lines.forEach(line -> out.append("\n\t").append(line));
    return out.toString();
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
