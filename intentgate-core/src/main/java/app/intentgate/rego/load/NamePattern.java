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
      int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(p, name.charAt(n)) : -1;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (next >= 0) {
        p = next;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
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
  private int one(int p, char c) {
    char expected = pattern.charAt(p);
    if (expected == '?') {
      return c == '/' ? -1 : p + 1;
    }
    if (expected == '[') {
      return inClass(p + 1, c);
    }
    if (expected == '\\' && p + 1 < pattern.length()) {
      return pattern.charAt(p + 1) == c ? p + 2 : -1;
    }
    return expected == c ? p + 1 : -1;
  }

  private int inClass(int start, char c) {
    int p = start;
    boolean negated = p < pattern.length() && pattern.charAt(p) == '^';
    if (negated) {
      p++;
    }
    boolean found = false;
    boolean first = true;
    while (p < pattern.length() && (first || pattern.charAt(p) != ']')) {
      first = false;
      p = escaped(p);
      if (p >= pattern.length()) {
        return -1;
      }
      char low = pattern.charAt(p++);
      char high = low;
      if (p + 1 < pattern.length() && pattern.charAt(p) == '-' && pattern.charAt(p + 1) != ']') {
        p = escaped(p + 1);
        if (p >= pattern.length()) {
          return -1;
        }
        high = pattern.charAt(p++);
      }
      found |= low <= c && c <= high;
    }
    return p < pattern.length() && found != negated ? p + 1 : -1;
  }

  private int escaped(int p) {
    return pattern.charAt(p) == '\\' ? p + 1 : p;
  }
}
