package app.intentgate.rego.regex;

/** The flags in force at a place of the pattern. */
record ParserFlags(
    boolean foldCase, boolean multiLine, boolean dotMatchesNewline, boolean swapGreed) {
  static final ParserFlags NONE = new ParserFlags(false, false, false, false);

  /**
   * Reads flags up to the colon or parenthesis that ends them, which is left to the caller.
   *
   * @param start where the parenthesis is, for the message
   */
  static ParserFlags read(PatternCursor in, int start, ParserFlags before) {
    ParserFlags flags = before;
    boolean on = true;
    boolean sawFlag = false;
    while (!in.atEnd()) {
      int c = in.next();
      switch (c) {
        case 'i', 'm', 's', 'U' -> {
          flags = flags.with(c, on);
          sawFlag = true;
        }
        case '-' -> {
          if (!on) {
            throw in.error("invalid or unsupported Perl syntax", start);
          }
          on = false;
          sawFlag = false;
        }
        case ':', ')' -> {
          if (!on && !sawFlag) {
            throw in.error("invalid or unsupported Perl syntax", start);
          }
          in.pos--;
          return flags;
        }
        default -> throw in.error("invalid or unsupported Perl syntax", start);
      }
    }
    throw in.error("invalid or unsupported Perl syntax", start);
  }

  private ParserFlags with(int letter, boolean on) {
    return new ParserFlags(
        letter == 'i' ? on : foldCase,
        letter == 'm' ? on : multiLine,
        letter == 's' ? on : dotMatchesNewline,
        letter == 'U' ? on : swapGreed);
  }
}
