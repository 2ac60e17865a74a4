package app.intentgate.json;

/**
 * Names as error messages quote them: in double quotes, with backslash escapes for everything that
 * does not print. The form is the wire contract's ({@code %q} in the language it was written in).
 */
public final class QuotedText {
  private static final String SHORT = "\u0007\b\t\n\u000b\f\r";
  private static final String LETTERS = "abtnvfr";

  private QuotedText() {}

  /** The text in quotes. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      append(c, out);
      i += Character.charCount(c);
    }
    return out.append('"').toString();
  }

  private static void append(int c, StringBuilder out) {
    int at = SHORT.indexOf(c);
    if (c == '"' || c == '\\') {
      out.append('\\').append((char) c);
    } else if (at >= 0) {
      out.append('\\').append(LETTERS.charAt(at));
    } else if (prints(c)) {
      out.appendCodePoint(c);
    } else if (c < ' ' || c == 0x7f) {
      digits('x', 2, c, out);
    } else if (c < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      digits('u', 4, c, out);
    } else {
      digits('U', 8, c, out);
    }
  }

  private static void digits(char letter, int count, int c, StringBuilder out) {
    out.append('\\').append(letter);
    for (int shift = 4 * (count - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 15, 16));
    }
  }

  private static boolean prints(int c) {
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
