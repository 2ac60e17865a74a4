package app.intentgate.rego.time;

import app.intentgate.json.JsonString;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Reads durations in Go's notation, {@code 1h15m30.5s}, and in OPA's, which has days, weeks and
 * years of 365 days as well.
 */
public final class GoDuration {
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final Map<String, Integer> HOURS = Map.of("d", 24, "w", 7 * 24, "y", 365 * 24);

  /** Zeros that mean nothing may make one as long as its writer likes. */
  private static final int MAX_LENGTH = 10_000;

  /** 2^63, the largest amount before the sign is known, as an unsigned number. */
  private static final long LIMIT = Long.MIN_VALUE;

  private final String whole;
  private final String text;
  private int pos;

  private GoDuration(String whole, String text) {
    this.whole = whole;
    this.text = text;
  }

  private static boolean isExtended(String text) {
    return text.indexOf('d') >= 0 || text.indexOf('w') >= 0 || text.indexOf('y') >= 0;
  }

  /** OPA quotes what it has read itself, and Go what Go has read. */
  private static String quote(String text) {
    return isExtended(text) ? JsonString.of(text).toString() : GoQuote.quote(text);
  }

  /**
   * The nanoseconds of a duration.
   *
   * @throws TimeSyntaxException when the text is none, does not fit 64 bits, or is very long
   */
  public static long parseNanos(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new TimeSyntaxException("time: duration is longer than " + MAX_LENGTH + " characters");
    }
    return new GoDuration(text, isExtended(text) ? inHours(text) : text).parse();
  }

  private static TimeSyntaxException invalid(String text) {
    return new TimeSyntaxException("time: invalid duration " + quote(text));
  }

  /** Writes days, weeks and years as hours, by way of {@code double} as OPA does. */
  private static String inHours(String text) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    if (text.startsWith("-") || text.startsWith("+")) {
      out.append(text.charAt(i++));
    }
    while (i < text.length()) {
      int unitAt = i;
      while (unitAt < text.length() && isNumber(text.charAt(unitAt))) {
        unitAt++;
      }
      int end = unitEnd(text, unitAt);
      if (unitAt == i || end < 0) {
        throw invalid(text);
      }
      String number = text.substring(i, unitAt);
      Integer hours = HOURS.get(text.substring(unitAt, end));
      out.append(hours == null ? text.substring(i, end) : scaled(text, number, hours));
      i = end;
    }
    return out.toString();
  }

  private static boolean isNumber(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static int unitEnd(String text, int at) {
    for (String unit : new String[] {"ms", "us", "\u00b5s", "ns"}) {
      if (text.startsWith(unit, at)) {
        return at + unit.length();
      }
    }
    return at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z' ? at + 1 : -1;
  }

  private static String scaled(String text, String number, int hours) {
    boolean twoPoints = number.indexOf('.') != number.lastIndexOf('.');
    double value = number.equals(".") || twoPoints ? Double.NaN : Double.parseDouble(number);
    if (!Double.isFinite(value * hours)) {
      throw invalid(text);
    }
    return new BigDecimal(Double.toString(value * hours)).toPlainString() + "h";
  }

  private long parse() {
    boolean negative = text.startsWith("-");
    pos = negative || text.startsWith("+") ? 1 : 0;
    if (text.substring(pos).equals("0")) {
      return 0;
    }
    if (pos == text.length()) {
      throw invalid(whole);
    }
    long total = 0;
    while (pos < text.length()) {
      total += segment();
      if (Long.compareUnsigned(total, LIMIT) > 0) {
        throw invalid(whole);
      }
    }
    if (negative) {
      return -total;
    }
    if (total == LIMIT) {
      throw invalid(whole);
    }
    return total;
  }

  private long segment() {
    int start = pos;
    long amount = digits();
    boolean hasDigits = pos > start;
    long fraction = 0;
    double scale = 1;
    if (pos < text.length() && text.charAt(pos) == '.') {
      pos++;
      int fractionStart = pos;
      boolean full = false;
      while (pos < text.length() && isDigit(text.charAt(pos))) {
        long next = fraction * 10 + (text.charAt(pos) - '0');
        // What a 63-bit number cannot hold is too small to matter.
        full |= fraction > Long.MAX_VALUE / 10 || next < 0;
        if (!full) {
          fraction = next;
          scale *= 10;
        }
        pos++;
      }
      hasDigits |= pos > fractionStart;
    }
    if (!hasDigits) {
      throw invalid(whole);
    }
    long unit = unit();
    if (Long.compareUnsigned(amount, Long.divideUnsigned(LIMIT, unit)) > 0) {
      throw invalid(whole);
    }
    long result = amount * unit + (long) (fraction * (unit / scale));
    if (Long.compareUnsigned(result, LIMIT) > 0) {
      throw invalid(whole);
    }
    return result;
  }

  private long digits() {
    long value = 0;
    while (pos < text.length() && isDigit(text.charAt(pos))) {
      if (Long.compareUnsigned(value, Long.divideUnsigned(LIMIT, 10)) > 0) {
        throw invalid(whole);
      }
      value = value * 10 + (text.charAt(pos++) - '0');
      if (Long.compareUnsigned(value, LIMIT) > 0) {
        throw invalid(whole);
      }
    }
    return value;
  }

  private long unit() {
    int start = pos;
    while (pos < text.length() && !isNumber(text.charAt(pos))) {
      pos++;
    }
    if (pos == start) {
      throw new TimeSyntaxException("time: missing unit in duration " + quote(whole));
    }
    String name = text.substring(start, pos);
    Long unit = UNITS.get(name);
    if (unit == null) {
      throw new TimeSyntaxException(
          "time: unknown unit " + GoQuote.quote(name) + " in duration " + quote(whole));
    }
    return unit;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
