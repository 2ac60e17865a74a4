package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Takes numbers as the integers they are, by OPA's two ideas of what an integer is. */
final class Numbers {
  /** Numbers with more digits than this are neither read nor computed. */
  static final int MAX_DIGITS = 30_000;

  private static final long MAX_BITS = bits(MAX_DIGITS);

  private Numbers() {}

  /** Whether a number is written as an integer and fits a {@code long}. */
  static boolean isSmall(JsonNumber number) {
    return number.isWrittenAsInteger() && number.fitsLong();
  }

  /**
   * The exact value of a whole number, however it is written; null for others, and for those of too
   * many digits that are written with an exponent.
   */
  static @Nullable BigInteger whole(BuiltinContext context, JsonNumber number)
      throws BuiltinException {
    if (number.fitsLong()) {
      return BigInteger.valueOf(number.longValue());
    }
    if (!isWhole(number)) {
      return null;
    }
    String text = readable(number.text());
    if (number.isWrittenAsInteger()) {
      chargeBits(context, bits(text.length()));
      return new BigInteger(text);
    }
    chargeBits(context, bits(wholeDigits(text)));
    return new BigDecimal(text).toBigInteger();
  }

  /** Whether a number has a {@link #whole} value; takes time in the length of its text alone. */
  static boolean isWhole(JsonNumber number) {
    return number.isWrittenAsInteger()
        || number.fitsLong()
        || (number.isInteger() && wholeDigits(number.text()) <= MAX_DIGITS);
  }

  /** At most so many digits are before the point of a number once it is written in full. */
  private static long wholeDigits(String text) {
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    int end = e < 0 ? text.length() : e;
    int dot = text.indexOf('.');
    long exponent = e < 0 ? 0 : Long.parseLong(text, e + 1, text.length(), 10);
    return (dot < 0 ? end : dot) + exponent;
  }

  /** The digits of a number, if there are not so many that reading them takes too long. */
  static String readable(String digits) throws BuiltinException {
    if (digits.length() > MAX_DIGITS) {
      throw tooBig();
    }
    return digits;
  }

  static BuiltinException tooBig() {
    return BuiltinException.of("number too big");
  }

  /** Whether a number divided by one above zero leaves no rest. */
  static boolean isMultiple(BuiltinContext context, JsonNumber number, JsonNumber of)
      throws BuiltinException {
    BigDecimal value = exact(number);
    BigDecimal unit = exact(of);
    BigInteger digits = value.unscaledValue();
    BigInteger divisor = unit.unscaledValue();
    int power = unit.scale() - value.scale();
    chargePower(context, (long) digits.bitLength() + divisor.bitLength());
    if (power >= 0) {
      // The power itself may have very many digits.
      BigInteger rest = BigInteger.TEN.modPow(BigInteger.valueOf(power), divisor);
      return digits.multiply(rest).remainder(divisor).signum() == 0;
    }
    boolean tooSmall = digits.signum() != 0 && digits.bitLength() <= -3L * power;
    return !tooSmall
        && digits.remainder(divisor.multiply(BigInteger.TEN.pow(-power))).signum() == 0;
  }

  private static BigDecimal exact(JsonNumber number) throws BuiltinException {
    try {
      return number.toBigDecimal();
    } catch (ArithmeticException e) {
      throw tooBig();
    }
  }

  /** An operand that is written as an integer and fits a {@code long}; positions count from 0. */
  static long integer(JsonValue[] arguments, int index) throws BuiltinException {
    JsonNumber n = Operands.number(arguments, index);
    if (!isSmall(n)) {
      throw notInteger(index);
    }
    return n.longValue();
  }

  /** An operand that is a whole number, however it is written; positions count from 0. */
  static BigInteger bigInteger(BuiltinContext context, JsonValue[] arguments, int index)
      throws BuiltinException {
    if (!(arguments[index] instanceof JsonNumber n)) {
      throw Operands.wrongType(arguments, index, "integer");
    }
    BigInteger value = whole(context, n);
    if (value == null) {
      throw notInteger(index);
    }
    return value;
  }

  private static BuiltinException notInteger(int index) {
    return BuiltinException.operand(index + 1, "integer number", "floating-point number");
  }

  /** At least as many bits as a number of so many digits has. */
  static long bits(long digits) {
    return digits * 10 / 3;
  }

  /** Charges for the items of a collection; more than one can hold are above every limit. */
  static int chargeItems(BuiltinContext context, BigInteger count) {
    context.chargeValues(1);
    context.chargeValues(count.bitLength() < Integer.SIZE ? count.longValue() - 1 : Long.MAX_VALUE);
    return count.intValueExact();
  }

  /**
   * Charges for computing a number of so many bits on the way to one of 64, such as the power of
   * ten that an exponent stands for. One step for small ones: there may be very many of them.
   */
  static void chargePower(BuiltinContext context, long bits) {
    context.chargeSteps(1 + (bits * bits >> 24));
  }

  /**
   * Charges for computing a number of so many bits. One of more than {@link #MAX_DIGITS} digits is
   * more than any evaluation may build: writing it takes too long to be interrupted.
   */
  static void chargeBits(BuiltinContext context, long bits) {
    if (bits > MAX_BITS) {
      context.chargeBytes(Long.MAX_VALUE >> 1);
    } else if (bits > 4096) {
      context.chargeBytes(bits / 8);
      context.chargeSteps((bits >> 10) * (bits >> 10) >> 4);
    }
  }
}
