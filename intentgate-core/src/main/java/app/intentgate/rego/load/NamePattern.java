package app.intentgate.rego.load;

/**
 * Matches a name against a shell pattern as Go's {@code filepath.Match} does: {@code *}, {@code ?},
 * classes in brackets, and a backslash before what is meant literally. A pattern that is malformed
 * matches nothing.
 */
final class NamePattern {
  private final String pattern;
  private final String name;

  private NamePattern(String pattern, String name) {
    this.pattern = pattern;
    this.name = name;
  }

  static boolean matches(String pattern, String name) {
    return new NamePattern(pattern, name).match();
  }

  /** Only the last star is ever tried again, so that the time is at most the product of lengths. */
  private boolean match() {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      int c = name.codePointAt(n);
      int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(p, c) : -1;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (next >= 0) {
        p = next;
        n += Character.charCount(c);
      } else if (star >= 0) {
        p = star + 1;
        resume += Character.charCount(name.codePointAt(resume));
        n = resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on when what is at this position matches a character, or -1. */
  private int one(int start, int c) {
    int p = start;
    int expected = pattern.codePointAt(p);
    if (expected == '?') {
      return c == '/' ? -1 : p + 1;
    }
    if (expected == '[') {
      return inClass(p + 1, c);
    }
    if (expected == '\\') {
      p++;
      expected = p < pattern.length() ? pattern.codePointAt(p) : -1;
    }
    return expected == c ? p + Character.charCount(c) : -1;
  }

  private int inClass(int start, int c) {
    int p = start;
    boolean negated = p < pattern.length() && pattern.charAt(p) == '^';
    if (negated) {
      p++;
    }
    boolean found = false;
    int members = 0;
    while (members == 0 || p < pattern.length() && pattern.charAt(p) != ']') {
      p = member(p);
      if (p < 0) {
        return -1;
      }
      int low = pattern.codePointAt(p);
      int high = low;
      p += Character.charCount(low);
      if (p < pattern.length() && pattern.charAt(p) == '-') {
        p = member(p + 1);
        if (p < 0) {
          return -1;
        }
        high = pattern.codePointAt(p);
        p += Character.charCount(high);
      }
      found |= low <= c && c <= high;
      members++;
    }
    return p < pattern.length() && found != negated ? p + 1 : -1;
  }

  /** Where the character stands that a class goes on with, or -1 when none may stand there. */
  private int member(int p) {
    if (p >= pattern.length() || pattern.charAt(p) == '-' || pattern.charAt(p) == ']') {
      return -1;
    }
    int at = pattern.charAt(p) == '\\' ? p + 1 : p;
    return at < pattern.length() ? at : -1;
  }
}
