package app.intentgate.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A decimal number in the one form all its spellings share: sign, digits without leading or
 * trailing zeros, and the power of ten they are multiplied by. Zero has no digits.
 */
final class NormalForm implements Comparable<NormalForm> {
  private static final NormalForm ZERO = new NormalForm(0, "", 0);

  /** 10^19 is the first power of ten that an unsigned {@code long} does not hold. */
  private static final int UNSIGNED_DIGITS = 19;

  /** More digits than this in an exponent are refused: they would not fit a {@code long}. */
  static final int MAX_EXPONENT_DIGITS = 18;

  private final int signum;
  private final String digits;
  private final long exponent;
  private final boolean fitsLong;
  private final long whole;

  private NormalForm(int signum, String digits, long exponent) {
    this.signum = signum;
    this.digits = digits;
    this.exponent = exponent;
    boolean short19 = exponent >= 0 && digits.length() + exponent <= UNSIGNED_DIGITS;
    long magnitude = short19 ? unsigned(digits.length() + (int) exponent) : 0;
    this.fitsLong = short19 && (magnitude >= 0 || (signum < 0 && magnitude == Long.MIN_VALUE));
    this.whole = signum < 0 ? -magnitude : magnitude;
  }

  /** Whether a text is a number by RFC 8259, section 6, with an exponent this class can hold. */
  static boolean isNumber(String text) {
    int n = text.length();
    int i = 0;
    if (i < n && text.charAt(i) == '-') {
      i++;
    }
    int start = i;
    i = skipDigits(text, i);
    if (i == start || (text.charAt(start) == '0' && i > start + 1)) {
      return false;
    }
    if (i < n && text.charAt(i) == '.') {
      start = ++i;
      i = skipDigits(text, i);
      if (i == start) {
        return false;
      }
    }
    if (i < n && (text.charAt(i) | 0x20) == 'e') {
      i++;
      if (i < n && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      start = i;
      i = skipDigits(text, i);
      if (i == start) {
        return false;
      }
      while (start < i && text.charAt(start) == '0') {
        start++;
      }
      if (i - start > MAX_EXPONENT_DIGITS) {
        return false;
      }
    }
    return i == n;
  }

  private static int skipDigits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /** The normal form of a text that {@link #isNumber}. */
  static NormalForm of(String text) {
    boolean negative = text.charAt(0) == '-';
    int start = negative ? 1 : 0;
    int e = indexOfExponent(text);
    long exponent = e < 0 ? 0 : parseExponent(text, e + 1);
    int end = e < 0 ? text.length() : e;
    int dot = text.indexOf('.');
    String digits;
    if (dot >= 0) {
      digits = text.substring(start, dot) + text.substring(dot + 1, end);
      exponent -= end - dot - 1;
    } else {
      digits = text.substring(start, end);
    }
    int from = 0;
    while (from < digits.length() && digits.charAt(from) == '0') {
      from++;
    }
    int to = digits.length();
    while (to > from && digits.charAt(to - 1) == '0') {
      to--;
      exponent++;
    }
    return from == to
        ? ZERO
        : new NormalForm(negative ? -1 : 1, digits.substring(from, to), exponent);
  }

  private static int indexOfExponent(String text) {
    int e = text.indexOf('e');
    return e >= 0 ? e : text.indexOf('E');
  }

  private static long parseExponent(String text, int from) {
    return Long.parseLong(text, text.charAt(from) == '+' ? from + 1 : from, text.length(), 10);
  }

  /** The first so many digits of the number, zeros after the last, as an unsigned whole number. */
  private long unsigned(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value * 10 + (i < digits.length() ? digits.charAt(i) - '0' : 0);
    }
    return value;
  }

  int signum() {
    return signum;
  }

  long exponent() {
    return exponent;
  }

  /** Whether the value is whole and fits a {@code long}. */
  boolean fitsLong() {
    return fitsLong;
  }

  /** The value, when it {@link #fitsLong}. */
  long longValue() {
    return whole;
  }

  BigDecimal toBigDecimal(int maxExponent, int maxDigits) {
    if (signum == 0) {
      return BigDecimal.ZERO;
    }
    if (digits.length() > maxDigits
        || Math.abs(digits.length() + exponent) > maxExponent
        || Math.abs(exponent) > maxExponent) {
      throw new ArithmeticException("number too big to compute with");
    }
    BigDecimal magnitude = new BigDecimal(new BigInteger(digits), (int) -exponent);
    return signum < 0 ? magnitude.negate() : magnitude;
  }

  @Override
  public int compareTo(NormalForm other) {
    if (signum != other.signum || signum == 0) {
      return Integer.compare(signum, other.signum);
    }
    long magnitude = digits.length() + exponent;
    long theirs = other.digits.length() + other.exponent;
    int c = magnitude != theirs ? Long.compare(magnitude, theirs) : digits.compareTo(other.digits);
    return signum < 0 ? -c : c;
  }

  /** Compares a value that does not {@link #fitsLong} with one that does. */
  int compareToLong(long other) {
    if (signum != Long.signum(other)) {
      return Integer.compare(signum, Long.signum(other));
    }
    long wholeDigits = digits.length() + exponent;
    boolean larger =
        wholeDigits > UNSIGNED_DIGITS
            || (wholeDigits > 0
                && Long.compareUnsigned(unsigned((int) wholeDigits), Math.abs(other)) >= 0);
    return larger ? signum : -signum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NormalForm n
        && n.signum == signum
        && n.exponent == exponent
        && n.digits.equals(digits);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * digits.hashCode() + Long.hashCode(exponent)) + signum;
  }
}
