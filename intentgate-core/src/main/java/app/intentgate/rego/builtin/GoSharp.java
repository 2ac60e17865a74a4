package app.intentgate.rego.builtin;

/** What the flag {@code #} of Go's formats does to floats and quoted strings. */
final class GoSharp {
  private static final int DEFAULT_DIGITS = 6;

  private GoSharp() {}

  /** A number with a decimal point always, and for {@code g} and {@code x} with its end zeros. */
  static String withPoint(String number, char verb, int precision) {
    boolean general = verb == 'g' || verb == 'G' || verb == 'x';
    int digits = !general ? 0 : precision < 0 ? DEFAULT_DIGITS : precision;
    boolean hexadecimal = verb == 'x' || verb == 'X';
    int tail = number.length();
    boolean point = false;
    boolean nonZero = false;
    for (int i = 0; i < tail; i++) {
      char c = number.charAt(i);
      if (c == '.') {
        point = true;
      } else if (c == 'p' || c == 'P' || !hexadecimal && (c == 'e' || c == 'E')) {
        tail = i;
      } else {
        nonZero |= c != '0';
        digits -= nonZero ? 1 : 0;
      }
    }
    StringBuilder out = new StringBuilder(number.substring(0, tail));
    if (!point) {
      digits -= tail == 1 && number.charAt(0) == '0' ? 1 : 0;
      out.append('.');
    }
    out.append("0".repeat(Math.max(0, digits)));
    return out.append(number, tail, number.length()).toString();
  }

  /** Whether a string can stand between backquotes in Go source. */
  static boolean canBackquote(String s) {
    return s.codePoints()
        .allMatch(c -> c != '`' && c != 0xfeff && c != 0x7f && (c >= 0x20 || c == '\t'));
  }
}
