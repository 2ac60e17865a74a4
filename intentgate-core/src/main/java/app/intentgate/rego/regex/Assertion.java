package app.intentgate.rego.regex;

/** A condition on a place between two characters. */
enum Assertion {
  BEGIN_LINE,
  END_LINE,
  BEGIN_TEXT,
  END_TEXT,
  WORD_BOUNDARY,
  NO_WORD_BOUNDARY;

  int bit() {
    return 1 << ordinal();
  }

  /** The bits of all assertions that hold between two characters, either of which may be none. */
  static int holding(int before, int after) {
    int bits = 0;
    if (before == Characters.NONE) {
      bits |= BEGIN_TEXT.bit() | BEGIN_LINE.bit();
    } else if (before == '\n') {
      bits |= BEGIN_LINE.bit();
    }
    if (after == Characters.NONE) {
      bits |= END_TEXT.bit() | END_LINE.bit();
    } else if (after == '\n') {
      bits |= END_LINE.bit();
    }
    boolean boundary = Characters.isWord(before) != Characters.isWord(after);
    return bits | (boundary ? WORD_BOUNDARY : NO_WORD_BOUNDARY).bit();
  }
}
