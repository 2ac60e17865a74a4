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
  /** Digits beyond this are not computed with. */
  private static final int MAX_DIGITS = 30_000;

  private static final long MAX_BITS = MAX_DIGITS * 10L / 3;

  private Numbers() {}

  /** Whether a number is written as an integer and fits a {@code long}. */
  static boolean isSmall(JsonNumber number) {
    return number.isWrittenAsInteger() && number.fitsLong();
  }

  /**
   * The exact value of a whole number, however it is written; null for others, and for those of too
   * many digits that are written with an exponent.
   */
  static @Nullable BigInteger whole(JsonNumber number) throws BuiltinException {
    if (number.isWrittenAsInteger()) {
      if (number.fitsLong()) {
        return BigInteger.valueOf(number.longValue());
      }
      if (number.text().length() > MAX_DIGITS) {
        throw BuiltinException.of("number too big");
      }
      return new BigInteger(number.text());
    }
    BigDecimal exact = new BigDecimal(number.text());
    if (exact.signum() == 0) {
      return BigInteger.ZERO;
    }
    boolean fits = (long) exact.precision() - exact.scale() <= MAX_DIGITS;
    return fits && exact.stripTrailingZeros().scale() <= 0 ? exact.toBigInteger() : null;
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
  static BigInteger bigInteger(JsonValue[] arguments, int index) throws BuiltinException {
    if (!(arguments[index] instanceof JsonNumber n)) {
      throw Operands.wrongType(arguments, index, "integer");
    }
    BigInteger value = whole(n);
    if (value == null) {
      throw notInteger(index);
    }
    return value;
  }

  private static BuiltinException notInteger(int index) {
    return BuiltinException.operand(index + 1, "integer number", "floating-point number");
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
