package app.intentgate.rego.builtin;

import java.math.BigInteger;

/**
 * The fewest decimal digits that still mean one binary float and no neighbor of it: {@code 0.digits
 * * 10^point}.
 *
 * @param digits without leading or trailing zeros, never empty
 * @param point where the decimal point is, counted from the first digit
 */
record ShortestDecimal(String digits, int point) {
  /** Numbers that are one unit of 65 bits apart differ within their first 21 digits. */
  private static final int ENOUGH_DIGITS = 30;

  private static final BigInteger FIVE = BigInteger.valueOf(5);

  /** Finds the digits of {@code mantissa * 2^exponent}, a number of so many bits. */
  static ShortestDecimal of(BigInteger mantissa, int exponent, int precision) {
    // With one bit more than the precision, the neighbors' borders are one unit away.
    int shift = precision + 1 - mantissa.bitLength();
    BigInteger m = mantissa.shiftLeft(shift);
    Scale scale = Scale.of(precision + 1, exponent - shift);
    ShortestDecimal exact = scale.digits(m);
    ShortestDecimal lower = scale.digits(m.subtract(BigInteger.ONE));
    ShortestDecimal upper = scale.digits(m.add(BigInteger.ONE));
    boolean bordersIncluded = !m.testBit(1); // An even mantissa wins a tie.
    for (int i = 0; i < exact.digits.length(); i++) {
      char low = lower.at(i);
      char mine = exact.at(i);
      char high = upper.at(i);
      boolean down = low != mine || bordersIncluded && i + 1 == lower.digits.length();
      boolean up =
          mine != high && (bordersIncluded || mine + 1 < high || i + 1 < upper.digits.length());
      if (down || up) {
        return exact.cut(i + 1, up && (!down || exact.roundsUpAt(i + 1)));
      }
    }
    return exact;
  }

  /**
   * Takes the first digits of {@code mantissa * 2^exponent}: all of them may be a million.
   *
   * @param power the power of ten that makes numbers of {@link #ENOUGH_DIGITS} digits of them
   * @param shift the power of two that this is, together with the exponent
   * @param five the power of five that this is, or its reciprocal when the power is negative
   */
  private record Scale(int power, int shift, BigInteger five) {
    static Scale of(int bits, int exponent) {
      int power = ENOUGH_DIGITS - (int) Math.floor((bits + exponent) * Math.log10(2));
      return new Scale(power, exponent + power, FIVE.pow(Math.abs(power)));
    }

    ShortestDecimal digits(BigInteger mantissa) {
      BigInteger[] parts =
          power >= 0
              ? split(mantissa.multiply(five))
              : mantissa.shiftLeft(shift).divideAndRemainder(five);
      String first = parts[0].toString();
      // One more digit stands for all that were cut off, so that halves are seen.
      return trimmed(parts[1].signum() == 0 ? first : first + "1", first.length() - power);
    }

    private BigInteger[] split(BigInteger scaled) {
      BigInteger whole = scaled.shiftLeft(shift);
      return new BigInteger[] {whole, scaled.subtract(whole.shiftLeft(-shift))};
    }
  }

  private static ShortestDecimal trimmed(String digits, int point) {
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return new ShortestDecimal(digits.substring(0, end), point);
  }

  private char at(int index) {
    return index < digits.length() ? digits.charAt(index) : '0';
  }

  private boolean roundsUpAt(int length) {
    if (length >= digits.length()) {
      return false;
    }
    char next = digits.charAt(length);
    if (next == '5' && length + 1 == digits.length()) {
      return (digits.charAt(length - 1) - '0') % 2 != 0;
    }
    return next >= '5';
  }

  private ShortestDecimal cut(int length, boolean up) {
    if (length >= digits.length()) {
      return this;
    }
    String kept = digits.substring(0, length);
    if (!up) {
      return trimmed(kept, point);
    }
    String next = new BigInteger(kept).add(BigInteger.ONE).toString();
    return trimmed(next, point + next.length() - length);
  }

  /** Whether Go's {@code %g} with the shortest precision writes the number without exponent. */
  boolean isPlain() {
    return point - 1 >= -4 && point - 1 < 6;
  }

  /** The digits with zeros before or after them as needed. */
  String plain() {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length());
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  /** One digit, the others after a point, and an exponent of at least two digits. */
  String scientific() {
    int e = point - 1;
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String size = Math.abs(e) < 10 ? "0" + Math.abs(e) : Integer.toString(Math.abs(e));
    return digits.charAt(0) + fraction + "e" + (e < 0 ? "-" : "+") + size;
  }
}
