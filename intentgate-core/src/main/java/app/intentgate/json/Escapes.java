package app.intentgate.json;

/** Which characters of a string are escaped. */
final class Escapes {
  /** What RFC 8259 asks for, and lone surrogates. */
  static final Escapes PLAIN = new Escapes(false);

  /** Also what could end a script element or a line of JavaScript: the wire formats' rule. */
  static final Escapes HTML_SAFE = new Escapes(true);

  private final boolean[] plainAscii = new boolean[0x80];
  private final boolean lineSeparators;

  private Escapes(boolean htmlSafe) {
    lineSeparators = htmlSafe;
    for (char c = ' '; c < plainAscii.length; c++) {
      boolean html = c == '<' || c == '>' || c == '&';
      plainAscii[c] = c != '"' && c != '\\' && !(html && htmlSafe);
    }
  }

  /** True at each ASCII character that stands for itself; not to be changed. */
  boolean[] plainAscii() {
    return plainAscii;
  }

  /** Whether a character, which is no half of a surrogate pair, is escaped. */
  boolean escapes(char c) {
    if (c < 0x80) {
      return !plainAscii[c];
    }
    return Character.isSurrogate(c) || (lineSeparators && (c == '\u2028' || c == '\u2029'));
  }

  /** The letter that follows the backslash, or NUL when the escape is written with digits. */
  static char letter(char c) {
    return switch (c) {
      case '"', '\\' -> c;
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }
}
