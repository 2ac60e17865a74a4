package app.intentgate.rego.regex;

import org.jspecify.annotations.Nullable;

/** A place in a pattern, and the escapes that mean the same inside and outside of brackets. */
final class PatternCursor {
  /** Ours: ranges of all classes together, and characters looked up for their other cases. */
  private static final int MAX_RANGES = 1 << 18;

  final String pattern;
  int pos;
  private int ranges;

  PatternCursor(String pattern) {
    this.pattern = pattern;
  }

  boolean atEnd() {
    return pos == pattern.length();
  }

  /** The code point here, or {@link Characters#NONE} at the end. */
  int peek() {
    return atEnd() ? Characters.NONE : Characters.at(pattern, pos);
  }

  /** The char some places ahead, or NUL beyond the end. */
  char ahead(int places) {
    return pos + places < pattern.length() ? pattern.charAt(pos + places) : 0;
  }

  int next() {
    int c = Characters.at(pattern, pos);
    pos += Characters.width(c);
    return c;
  }

  boolean skip(String text) {
    boolean here = pattern.startsWith(text, pos);
    if (here) {
      pos += text.length();
    }
    return here;
  }

  String from(int start) {
    return pattern.substring(start, pos);
  }

  /** Counts ranges of a class; refuses the whole pattern once there are too many. */
  void count(int more) {
    ranges += more;
    if (ranges > MAX_RANGES) {
      throw new RegexSyntaxException("expression too large", pattern);
    }
  }

  RegexSyntaxException error(String reason, int start) {
    return new RegexSyntaxException(reason, from(start));
  }

  /**
   * Reads a class escape, one of Perl's or Unicode's.
   *
   * @return null, and nothing read, when there is none here
   */
  @Nullable CodePointSet classEscape(boolean foldCase) {
    if (ahead(0) != '\\') {
      return null;
    }
    char letter = ahead(1);
    if (letter == 'p' || letter == 'P') {
      return unicodeClass(foldCase);
    }
    CodePointSet set = NamedSets.perl(letter);
    if (set == null) {
      return null;
    }
    pos += 2;
    set = foldCase ? CaseFolding.of(set) : set;
    return Character.isUpperCase(letter) ? set.negate() : set;
  }

  private CodePointSet unicodeClass(boolean foldCase) {
    int start = pos;
    boolean negated = ahead(1) == 'P';
    pos += 2;
    String name;
    if (ahead(0) == '{') {
      int close = pattern.indexOf('}', pos);
      if (close < 0) {
        pos = pattern.length();
        throw error("invalid character class range", start);
      }
      name = pattern.substring(pos + 1, close);
      pos = close + 1;
      if (name.startsWith("^")) {
        negated = !negated;
        name = name.substring(1);
      }
    } else {
      int nameStart = pos;
      if (!atEnd()) {
        next();
      }
      name = from(nameStart);
    }
    CodePointSet set = UnicodeSets.named(name, foldCase);
    if (set == null) {
      throw error("invalid character class range", start);
    }
    return negated ? set.negate() : set;
  }

  /** Reads an escape that stands for one character; the backslash is here. */
  int characterEscape() {
    int start = pos;
    pos++;
    if (atEnd()) {
      throw new RegexSyntaxException("trailing backslash at end of expression", "");
    }
    int c = next();
    int value =
        switch (c) {
          case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c);
          case 'x' -> hexadecimal();
          case 'a' -> 7;
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'v' -> 0xB;
          default -> c < 128 && !Characters.isLetterOrDigit(c) ? c : Characters.NONE;
        };
    if (value == Characters.NONE) {
      throw error("invalid escape sequence", start);
    }
    return value;
  }

  /** Up to three digits; a single one other than 0 would be a reference, which there is not. */
  private int octal(int first) {
    if (first != '0' && (ahead(0) < '0' || ahead(0) > '7')) {
      return Characters.NONE;
    }
    int value = first - '0';
    for (int i = 0; i < 2 && ahead(0) >= '0' && ahead(0) <= '7'; i++) {
      value = value * 8 + (next() - '0');
    }
    return value;
  }

  private int hexadecimal() {
    if (ahead(0) == '{') {
      pos++;
      return bracedHexadecimal();
    }
    int value = 0;
    for (int i = 0; i < 2; i++) {
      int digit = atEnd() ? -1 : Character.digit(asAscii(next()), 16);
      if (digit < 0) {
        // Both characters belong to the escape, so that the message shows both.
        if (i == 0 && !atEnd()) {
          next();
        }
        return Characters.NONE;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private int bracedHexadecimal() {
    int value = 0;
    int digits = 0;
    while (!atEnd()) {
      int c = next();
      if (c == '}') {
        return digits > 0 ? value : Characters.NONE;
      }
      int digit = Character.digit(asAscii(c), 16);
      if (digit < 0) {
        return Characters.NONE;
      }
      value = value * 16 + digit;
      if (value > Characters.MAX) {
        return Characters.NONE;
      }
      digits++;
    }
    return Characters.NONE;
  }

  /** {@link Character#digit} knows the digits of every script; here only ASCII counts. */
  private static int asAscii(int c) {
    return c < 128 ? c : ' ';
  }
}
