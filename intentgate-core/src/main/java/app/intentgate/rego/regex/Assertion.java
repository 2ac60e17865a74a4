package app.intentgate.rego.regex;

/** A condition on a place between two characters. */
enum Assertion {
  BEGIN_LINE(1),
  END_LINE(2),
  BEGIN_TEXT(4),
  END_TEXT(8),
  WORD_BOUNDARY(16),
  NO_WORD_BOUNDARY(32);

  private final int bit;

  Assertion(int bit) {
    this.bit = bit;
  }

  int bit() {
    return bit;
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
