package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.math.BigInteger;

/**
 * A binary floating-point number with a mantissa of 64 bits, rounded half to even: what Rego
 * computes with when an operand is not whole. The value is {@code ± mantissa * 2^exponent}. Zero
 * has a sign. Immutable.
 *
 * <p>{@code double} will not do: Rego keeps 64 bits, and the texts of results show it.
 */
final class BinaryFloat {
  private static final int PRECISION = 64;

  /** Beyond this a number is refused: its digits alone would take too long. */
  private static final int MAX_EXPONENT = 1_000_000;

  /** The same for the power of ten a number is read with. */
  private static final int MAX_POWER = 100_000;

  private final boolean negative;
  private final BigInteger mantissa;
  private final int exponent;

  private BinaryFloat(boolean negative, BigInteger mantissa, int exponent) {
    this.negative = negative;
    this.mantissa = mantissa;
    this.exponent = exponent;
  }

  /** The number nearest to {@code ± mantissa * 2^exponent}. */
  private static BinaryFloat rounded(boolean negative, BigInteger mantissa, int exponent)
      throws BuiltinException {
    int surplus = mantissa.bitLength() - PRECISION;
    BigInteger m = mantissa;
    int e = exponent;
    if (surplus > 0) {
      m = shiftRounded(mantissa, surplus);
      e += surplus;
    }
    int zeros = m.getLowestSetBit();
    if (zeros > 0) {
      m = m.shiftRight(zeros);
      e += zeros;
    }
    if (m.signum() == 0) {
      e = 0;
    }
    if (Math.abs((long) e) > MAX_EXPONENT) {
      throw Numbers.tooBig();
    }
    return new BinaryFloat(negative, m, e);
  }

  private static BigInteger shiftRounded(BigInteger value, int bits) {
    BigInteger kept = value.shiftRight(bits);
    if (!value.testBit(bits - 1)) {
      return kept;
    }
    boolean half = value.getLowestSetBit() == bits - 1;
    return half && !kept.testBit(0) ? kept : kept.add(BigInteger.ONE);
  }

  /** The number nearest to a Rego number. */
  static BinaryFloat of(BuiltinContext context, JsonNumber number) throws BuiltinException {
    return parse(context, number.text());
  }

  /** The number nearest to what a decimal text says. */
  static BinaryFloat parse(BuiltinContext context, String text) throws BuiltinException {
    boolean negative = text.charAt(0) == '-';
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    String digits = text.substring(negative ? 1 : 0, e < 0 ? text.length() : e);
    long power = e < 0 ? 0 : exponent(text.substring(e + 1));
    int dot = digits.indexOf('.');
    if (dot >= 0) {
      power -= digits.length() - dot - 1;
      digits = digits.substring(0, dot) + digits.substring(dot + 1);
    }
    Numbers.chargePower(context, Numbers.bits(Numbers.readable(digits).length()));
    BigInteger whole = new BigInteger(digits);
    if (whole.signum() == 0) {
      return new BinaryFloat(negative, whole, 0);
    }
    if (Math.abs(power) > MAX_POWER) {
      throw Numbers.tooBig();
    }
    Numbers.chargePower(context, Numbers.bits(Math.abs(power)));
    if (power >= 0) {
      return rounded(negative, whole.multiply(BigInteger.TEN.pow((int) power)), 0);
    }
    return quotient(negative, whole, BigInteger.TEN.pow((int) -power), 0);
  }

  private static long exponent(String text) throws BuiltinException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException tooLong) {
      throw Numbers.tooBig();
    }
  }

  static BinaryFloat of(BigInteger value) throws BuiltinException {
    return rounded(value.signum() < 0, value.abs(), 0);
  }

  BinaryFloat negate() {
    return new BinaryFloat(!negative, mantissa, exponent);
  }

  BinaryFloat abs() {
    return negative ? negate() : this;
  }

  boolean isZero() {
    return mantissa.signum() == 0;
  }

  boolean isNegative() {
    return negative;
  }

  /** Whether the value is whole. */
  boolean isInteger() {
    return exponent >= 0;
  }

  /** The sum. */
  BinaryFloat plus(BinaryFloat other) throws BuiltinException {
    if (other.isZero()) {
      return isZero() ? new BinaryFloat(negative && other.negative, mantissa, 0) : this;
    }
    if (isZero()) {
      return rounded(other.negative, other.mantissa, other.exponent);
    }
    int low = Math.min(exponent, other.exponent);
    BigInteger sum = signed(low).add(other.signed(low));
    return rounded(sum.signum() < 0, sum.abs(), low);
  }

  private BigInteger signed(int exponentWanted) {
    BigInteger m = mantissa.shiftLeft(exponent - exponentWanted);
    return negative ? m.negate() : m;
  }

  BinaryFloat minus(BinaryFloat other) throws BuiltinException {
    return plus(other.negate());
  }

  /** The product. */
  BinaryFloat times(BinaryFloat other) throws BuiltinException {
    return rounded(
        negative != other.negative, mantissa.multiply(other.mantissa), exponent + other.exponent);
  }

  /** The quotient; the divisor must not be zero. */
  BinaryFloat dividedBy(BinaryFloat other) throws BuiltinException {
    return quotient(
        negative != other.negative, mantissa, other.mantissa, exponent - other.exponent);
  }

  private static BinaryFloat quotient(
      boolean negative, BigInteger dividend, BigInteger divisor, int exponent)
      throws BuiltinException {
    int shift = Math.max(0, PRECISION + 2 - (dividend.bitLength() - divisor.bitLength()));
    BigInteger[] parts = dividend.shiftLeft(shift).divideAndRemainder(divisor);
    BigInteger q = parts[0].shiftLeft(1);
    if (parts[1].signum() != 0) {
      q = q.setBit(0); // Stands for all the digits that were cut off, so that halves are seen.
    }
    return rounded(negative, q, exponent - shift - 1);
  }

  /** The whole part, cut off towards zero. */
  BigInteger truncated() {
    BigInteger m = exponent >= 0 ? mantissa.shiftLeft(exponent) : mantissa.shiftRight(-exponent);
    return negative ? m.negate() : m;
  }

  /** The number as Rego writes results: whole ones in full, others as Go's {@code %g} would. */
  JsonNumber toNumber(BuiltinContext context) {
    return JsonNumber.parse(text(context));
  }

  /** The shortest text that reads back as this number. */
  String text(BuiltinContext context) {
    String sign = negative ? "-" : "";
    if (isZero()) {
      return sign + "0";
    }
    Numbers.chargePower(context, Math.abs(exponent));
    ShortestDecimal d = ShortestDecimal.of(mantissa, exponent, PRECISION);
    return sign + (isInteger() || d.isPlain() ? d.plain() : d.scientific());
  }
}
