package app.intentgate.rego.time;

import java.nio.charset.StandardCharsets;

/**
 * Text in quotes as the errors of Go's {@code time} show it: everything but printable ASCII as
 * bytes. Go has two ways to quote; {@link app.intentgate.text.GoText} is the other.
 */
final class GoQuote {
  private GoQuote() {}

  static String quote(String text) {
    StringBuilder b = new StringBuilder("\"");
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      int c = unit & 0xff;
      if (c >= 128 || c < ' ') {
        b.append("\\x")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        if (c == '"' || c == '\\') {
          b.append('\\');
        }
        b.append((char) c);
      }
    }
    return b.append('"').toString();
  }
}
