package app.intentgate.rego.regex;

/** Reads text by code point; a lone surrogate counts as U+FFFD, as it would after UTF-8. */
final class Characters {
  static final int MAX = Character.MAX_CODE_POINT;
  static final int NONE = -1;
  private static final int REPLACEMENT = 0xFFFD;

  private Characters() {}

  /** The code point that starts at an index below the length. */
  static int at(CharSequence text, int index) {
    char c = text.charAt(index);
    return Character.isSurrogate(c) ? surrogateAt(text, index, c) : c;
  }

  private static int surrogateAt(CharSequence text, int index, char c) {
    if (Character.isHighSurrogate(c) && index + 1 < text.length()) {
      char low = text.charAt(index + 1);
      if (Character.isLowSurrogate(low)) {
        return Character.toCodePoint(c, low);
      }
    }
    return REPLACEMENT;
  }

  /** The code point that ends at an index, or {@link #NONE} at the start of the text. */
  static int before(CharSequence text, int index) {
    if (index == 0) {
      return NONE;
    }
    char c = text.charAt(index - 1);
    if (Character.isLowSurrogate(c) && index > 1) {
      char high = text.charAt(index - 2);
      if (Character.isHighSurrogate(high)) {
        return Character.toCodePoint(high, c);
      }
    }
    return Character.isSurrogate(c) ? REPLACEMENT : c;
  }

  /** The chars a code point read from a text takes there. */
  static int width(int codePoint) {
    return codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT ? 2 : 1;
  }

  /** A letter, digit or underscore of ASCII; the dialect's word characters. */
  static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  static boolean isLetterOrDigit(int c) {
    return c != '_' && isWord(c);
  }
}
