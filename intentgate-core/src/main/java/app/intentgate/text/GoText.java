package app.intentgate.text;

/**
 * Text as Go quotes it ({@code strconv.Quote}), which is how the wire contract's error messages
 * show names, and Rego terms strings.
 */
public final class GoText {
  private static final String HEX = "0123456789abcdef";

  private GoText() {}

  /** In double quotes, with what cannot be printed escaped. */
  public static String quote(String text) {
    return quote(text, '"', false);
  }

  /** In the given quotes; with everything beyond ASCII escaped, too, if so wanted. */
  public static String quote(String text, char quote, boolean ascii) {
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> append(out, c, quote, ascii));
    return out.append(quote).toString();
  }

  private static void append(StringBuilder out, int c, char quote, boolean ascii) {
    if (c == quote || c == '\\') {
      out.append('\\').append((char) c);
    } else if (c < 0x80 ? c >= 0x20 && c != 0x7f : !ascii && isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      String plain = "\u0007a\bb\ff\nn\rr\tt\u000bv";
      int at = c < 0x20 ? plain.indexOf(c) : -1;
      if (at >= 0) {
        out.append('\\').append(plain.charAt(at + 1));
      } else if (c < 0x80) {
        hex(out.append("\\x"), c, 2);
      } else if (c < 0x10000) {
        hex(out.append("\\u"), isSurrogate(c) ? 0xfffd : c, 4);
      } else {
        hex(out.append("\\U"), c, 8);
      }
    }
  }

  private static boolean isSurrogate(int c) {
    return c >= 0xd800 && c <= 0xdfff;
  }

  private static void hex(StringBuilder out, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(HEX.charAt(value >> shift & 15));
    }
  }

  /**
   * Whether Go's {@code unicode.IsPrint} says yes: letters, marks, numbers, signs, and the space.
   */
  public static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
