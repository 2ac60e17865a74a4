package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.math.BigInteger;
import java.util.function.BinaryOperator;

/** {@code bits.*}: two's complement operations on whole numbers of any size. */
final class Bits {
  private Bits() {}

  static void addTo(BuiltinRegistry.Builder b) {
    operation(b, "bits.and", BigInteger::and);
    operation(b, "bits.or", BigInteger::or);
    operation(b, "bits.xor", BigInteger::xor);
    b.add(
        "bits.negate(number): number", (c, a) -> JsonNumber.of(Numbers.bigInteger(c, a, 0).not()));
    b.add("bits.lsh(number, number): number", Bits::shiftLeft);
    b.add("bits.rsh(number, number): number", Bits::shiftRight);
  }

  private static void operation(
      BuiltinRegistry.Builder b, String name, BinaryOperator<BigInteger> operator) {
    b.add(
        name + "(number, number): number",
        (c, a) ->
            JsonNumber.of(
                operator.apply(Numbers.bigInteger(c, a, 0), Numbers.bigInteger(c, a, 1))));
  }

  private static JsonNumber shiftLeft(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    BigInteger value = Numbers.bigInteger(context, args, 0);
    BigInteger shift = distance(context, args);
    if (value.signum() == 0) {
      return JsonNumber.ZERO;
    }
    long bits = shift.bitLength() < 31 ? value.bitLength() + shift.longValue() : Long.MAX_VALUE;
    Numbers.chargeBits(context, bits);
    return JsonNumber.of(value.shiftLeft(shift.intValueExact()));
  }

  private static JsonNumber shiftRight(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    BigInteger value = Numbers.bigInteger(context, args, 0);
    BigInteger shift = distance(context, args);
    int by = shift.bitLength() < 31 ? shift.intValue() : Integer.MAX_VALUE;
    return JsonNumber.of(value.shiftRight(by));
  }

  private static BigInteger distance(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    BigInteger shift = Numbers.bigInteger(context, args, 1);
    if (shift.signum() < 0) {
      throw BuiltinException.operand(2, "an unsigned integer number", "a negative integer");
    }
    return shift;
  }
}
