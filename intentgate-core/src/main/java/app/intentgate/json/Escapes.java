package app.intentgate.json;

/** Which characters of a string are escaped. */
final class Escapes {
  /** What RFC 8259 asks for, and lone surrogates. */
  static final Escapes PLAIN = new Escapes("", '\uffff', false);

  /** Also what could end a script element or a line of JavaScript: the wire formats' rule. */
  static final Escapes HTML_SAFE = new Escapes("<>&", '\uffff', true);

  /** Also everything that is no printable ASCII character. */
  static final Escapes ASCII = new Escapes("", '~', true);

  private final boolean[] plainAscii = new boolean[0x80];
  private final char last;
  private final boolean lineSeparators;

  private Escapes(String special, char last, boolean lineSeparators) {
    this.last = last;
    this.lineSeparators = lineSeparators;
    for (char c = ' '; c < plainAscii.length && c <= last; c++) {
      plainAscii[c] = c != '"' && c != '\\' && special.indexOf(c) < 0;
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
    return c > last
        || Character.isSurrogate(c)
        || (lineSeparators && (c == '\u2028' || c == '\u2029'));
  }

  /** Whether characters above U+FFFF are escaped, as the two halves they have in UTF-16. */
  boolean escapesPairs() {
    return last < 0x80;
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
