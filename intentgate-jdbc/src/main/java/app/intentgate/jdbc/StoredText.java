package app.intentgate.jdbc;

import java.time.Instant;

/** How texts and times are stored. */
public final class StoredText {
  private static final long MICROS = 1_000_000;

  private static final Instant FIRST = instant(Long.MIN_VALUE);
  private static final Instant LAST = instant(Long.MAX_VALUE);

  private StoredText() {}

  /**
   * A text that says something to a person, as every database can hold it: NUL and lone surrogates
   * escaped as JSON does (B27). Not for what is looked up.
   */
  public static String readable(String text) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair || !(c == 0 || Character.isSurrogate(c))) {
        if (escaped != null) {
          escaped.append(c);
        }
        if (pair) {
          i++;
          if (escaped != null) {
            escaped.append(text.charAt(i));
          }
        }
        continue;
      }
      if (escaped == null) {
        escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      escaped.append("\\u%04x".formatted((int) c));
    }
    return escaped == null ? text : escaped.toString();
  }

  /**
   * Microseconds since 1970. A time before the first or after the last that a number of them can
   * say, in the years -290308 and 294247, counts as that one: it stands for never.
   */
  public static long micros(Instant time) {
    if (time.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    if (time.isAfter(LAST)) {
      return Long.MAX_VALUE;
    }
    // Not ChronoUnit.MICROS: before Java 21 it counts nanoseconds, which end in the year 2262.
    long rest = time.getNano() / 1_000;
    long second = time.getEpochSecond();
    return second < 0 ? (second + 1) * MICROS + (rest - MICROS) : second * MICROS + rest;
  }

  /** The time of so many microseconds since 1970. */
  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
  }
}
