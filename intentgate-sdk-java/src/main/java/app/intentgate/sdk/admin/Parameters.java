package app.intentgate.sdk.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the query of a URL; what is null or empty is left out. */
final class Parameters {
  private final StringBuilder text = new StringBuilder();

  Parameters with(String name, @Nullable Object value) {
    String shown = value == null ? "" : value.toString();
    if (!shown.isEmpty()) {
      text.append(text.length() == 0 ? '?' : '&').append(name).append('=').append(escaped(shown));
    }
    return this;
  }

  private static String escaped(String piece) {
    return URLEncoder.encode(piece, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * An id as a piece of a path, escaped.
   *
   * @throws IllegalArgumentException when the path would name something else with it: without an
   *     id, or one that stands for a folder
   */
  static String segment(String id) {
    if (id.isEmpty() || id.equals(".") || id.equals("..")) {
      throw new IllegalArgumentException("no id: '" + id + "'");
    }
    return escaped(id);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
