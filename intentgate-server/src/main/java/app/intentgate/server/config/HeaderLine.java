package app.intentgate.server.config;

import java.util.Locale;
import java.util.Set;

/**
 * A header that the gate adds to what it sends upstream; its value is a secret and is not printed.
 */
public final class HeaderLine {
  private static final Set<String> OURS =
      Set.of("host", "content-type", "content-length", "transfer-encoding", "connection");

  private final String name;
  private final String value;

  private HeaderLine(String name, String value) {
    this.name = name;
    this.value = value;
  }

  /**
   * {@code Name: value}: a header name of RFC 9110, and a value without control characters. Headers
   * that belong to the message itself are refused (B44).
   *
   * @throws IllegalArgumentException when it is not that
   */
  public static HeaderLine parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException();
    }
    String name = text.substring(0, colon).strip();
    String value = text.substring(colon + 1).strip();
    if (name.isEmpty() || value.isEmpty() || !name.chars().allMatch(HeaderLine::isNameChar)) {
      throw new IllegalArgumentException();
    }
    if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c > 0x7e)) {
      throw new Setting.Refused("the value holds characters that no header can carry");
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new Setting.Refused(name + " is not a header that can be set");
    }
    return new HeaderLine(name, value);
  }

  private static boolean isNameChar(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  /** The header's name. */
  public String name() {
    return name;
  }

  /** The header's value: a secret. */
  public String value() {
    return value;
  }

  @Override
  public String toString() {
    return name + ": ***";
  }
}
