package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
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
    BigInteger round(BinaryFloat value) throws BuiltinException;
  }

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("abs(number): number", (c, a) -> abs(Operands.number(a, 0)));
    rounding(b, "ceil", Rounding::ceil);
    rounding(b, "floor", Rounding::floor);
    rounding(b, "round", Rounding::round);
  }

  private static void rounding(BuiltinRegistry.Builder b, String name, Rounder rounder) {
    b.add(
        name + "(number): number",
        (c, a) -> {
          JsonNumber n = Operands.number(a, 0);
          return Numbers.isSmall(n) ? n : JsonNumber.of(rounder.round(BinaryFloat.of(n)));
        });
  }

  private static JsonNumber abs(JsonNumber n) throws BuiltinException {
    if (Numbers.isSmall(n)) {
      long value = n.longValue();
      if (value != Long.MIN_VALUE) {
        return value < 0 ? JsonNumber.of(-value) : n;
      }
    }
    return BinaryFloat.of(n).abs().toNumber();
  }

  private static BigInteger ceil(BinaryFloat value) {
    BigInteger whole = value.truncated();
    return value.isInteger() || whole.signum() < 0 ? whole : whole.add(BigInteger.ONE);
  }

  private static BigInteger floor(BinaryFloat value) {
    BigInteger whole = value.truncated();
    return value.isInteger() || whole.signum() >= 0 ? whole : whole.subtract(BigInteger.ONE);
  }

  private static BigInteger round(BinaryFloat value) throws BuiltinException {
    BinaryFloat half = BinaryFloat.parse("0.5");
    return (value.isNegative() ? value.minus(half) : value.plus(half)).truncated();
  }
}
