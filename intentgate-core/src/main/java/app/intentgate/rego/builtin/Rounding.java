package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.math.BigInteger;

/**
 * {@code abs ceil floor round}. Numbers that are not small integers go through a 64-bit float, as
 * in OPA; that shows for large ones, and near zero: {@code ceil(-0.5)} is 1 and {@code floor(-0.5)}
 * is 0 there.
 */
final class Rounding {
  private Rounding() {}

  @FunctionalInterface
  private interface Rounder {
    BigInteger round(BuiltinContext context, BinaryFloat value) throws BuiltinException;
  }

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("abs(number): number", (c, a) -> abs(c, Operands.number(a, 0)));
    rounding(b, "ceil", Rounding::ceil);
    rounding(b, "floor", Rounding::floor);
    rounding(b, "round", Rounding::round);
  }

  private static void rounding(BuiltinRegistry.Builder b, String name, Rounder rounder) {
    b.add(
        name + "(number): number",
        (c, a) -> {
          JsonNumber n = Operands.number(a, 0);
          if (Numbers.isSmall(n)) {
            return n;
          }
          BigInteger whole = rounder.round(c, BinaryFloat.of(c, n));
          Numbers.chargeBits(c, whole.bitLength());
          return JsonNumber.of(whole);
        });
  }

  private static JsonNumber abs(BuiltinContext context, JsonNumber n) throws BuiltinException {
    if (Numbers.isSmall(n)) {
      long value = n.longValue();
      if (value != Long.MIN_VALUE) {
        return value < 0 ? JsonNumber.of(-value) : n;
      }
    }
    return BinaryFloat.of(context, n).abs().toNumber(context);
  }

  private static BigInteger ceil(BuiltinContext context, BinaryFloat value) {
    BigInteger whole = value.truncated();
    return value.isInteger() || whole.signum() < 0 ? whole : whole.add(BigInteger.ONE);
  }

  private static BigInteger floor(BuiltinContext context, BinaryFloat value) {
    BigInteger whole = value.truncated();
    return value.isInteger() || whole.signum() >= 0 ? whole : whole.subtract(BigInteger.ONE);
  }

  private static BigInteger round(BuiltinContext context, BinaryFloat value)
      throws BuiltinException {
    BinaryFloat half = BinaryFloat.parse(context, "0.5");
    return (value.isNegative() ? value.minus(half) : value.plus(half)).truncated();
  }
}
