package app.intentgate.rego.regex;

import org.jspecify.annotations.Nullable;

/** The numbers of a counted repetition: {@code {2}}, {@code {2,}}, {@code {2,5}}. */
record RepeatCount(int min, int max) {
  /** Stands for every number above any limit. */
  private static final int HUGE = 100_000_000;

  /** Reads a count, or returns null and reads nothing: the brace is a plain character then. */
  static @Nullable RepeatCount read(PatternCursor in) {
    int start = in.pos;
    in.pos++;
    int min = number(in);
    int max = min;
    boolean valid = min >= 0;
    if (valid && in.skip(",")) {
      boolean bounded = in.ahead(0) != '}';
      max = bounded ? number(in) : RegexNode.UNBOUNDED;
      valid = !bounded || max >= 0;
    }
    if (!valid || !in.skip("}")) {
      in.pos = start;
      return null;
    }
    return new RepeatCount(min, max);
  }

  /** A number without leading zeros; -1 when there is none. */
  private static int number(PatternCursor in) {
    int start = in.pos;
    int value = 0;
    while (in.ahead(0) >= '0' && in.ahead(0) <= '9') {
      value = Math.min(HUGE, value * 10 + (in.next() - '0'));
    }
    boolean leadingZero = in.pos - start > 1 && in.pattern.charAt(start) == '0';
    return in.pos == start || leadingZero ? -1 : value;
  }
}
