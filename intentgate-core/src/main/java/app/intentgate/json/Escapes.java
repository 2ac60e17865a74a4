package app.intentgate.json;

/** Which characters of a string are escaped. */
enum Escapes {
  /** What RFC 8259 asks for, and lone surrogates. */
  PLAIN(false),

  /** Also what could end a script element or a line of JavaScript: the wire formats' rule. */
  HTML_SAFE(true);

  private final boolean[] plainAscii = new boolean[0x80];
  private final boolean lineSeparators;

  Escapes(boolean htmlSafe) {
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
    switch (c) {
      case '"':
      case '\\':
        return c;
      case '\b':
        return 'b';
      case '\f':
        return 'f';
      case '\n':
        return 'n';
      case '\r':
        return 'r';
      case '\t':
        return 't';
      default:
        return 0;
    }
  }
}
