package app.intentgate.rego.builtin;

/** The ways a text can stand in YAML, found by looking at its characters. */
enum YamlStyle {
  PLAIN,
  SINGLE_QUOTED,
  DOUBLE_QUOTED,
  LITERAL;

  /** The style that a text gets, as a value or as a key, which must fit on a line. */
  static YamlStyle of(String text, boolean key) {
    Analysis a = new Analysis(text);
    if (text.indexOf('\n') >= 0) {
      return a.special || a.trailingSpace || a.spaceBreak || key ? DOUBLE_QUOTED : LITERAL;
    }
    if (YamlScalars.isAmbiguous(text)) {
      return DOUBLE_QUOTED;
    }
    if (!a.special && !a.indicators && !a.leadingSpace && !a.trailingSpace) {
      return PLAIN;
    }
    return a.special ? DOUBLE_QUOTED : SINGLE_QUOTED;
  }

  /** Whether a character can stand in YAML as it is; those beyond 16 bits are escaped. */
  static boolean isPrintable(int c) {
    return c == '\n'
        || c >= 0x20 && c <= 0x7e
        || c >= 0xa0 && c < 0xd800
        || c >= 0xe000 && c < 0xfffe && c != 0xfeff;
  }

  /** What decides between the styles. */
  private static final class Analysis {
    private final String text;
    private boolean indicators;
    private boolean special;
    private boolean leadingSpace;
    private boolean trailingSpace;
    private boolean spaceBreak;

    Analysis(String text) {
      this.text = text;
      indicators = text.startsWith("---") || text.startsWith("...");
      for (int i = 0; i < text.length(); i++) {
        look(i);
      }
      leadingSpace = text.startsWith(" ");
      trailingSpace = text.endsWith(" ");
    }

    private void look(int at) {
      char c = text.charAt(at);
      boolean spaceNext = at + 1 == text.length() || isBlank(text.charAt(at + 1));
      if (at == 0) {
        indicators |= "#,[]{}&*!|>'\"%@`".indexOf(c) >= 0;
        indicators |= "?:-".indexOf(c) >= 0 && spaceNext;
      } else {
        indicators |= c == ':' && spaceNext;
        indicators |= c == '#' && isBlank(text.charAt(at - 1));
      }
      special |= !isPrintable(c);
      spaceBreak |= c == '\n' && at > 0 && text.charAt(at - 1) == ' ';
    }

    private static boolean isBlank(char c) {
      return c == ' '
          || c == '\t'
          || c == '\n'
          || c == '\r'
          || c == 0x85
          || c == 0x2028
          || c == 0x2029;
    }
  }
}
