package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.math.BigInteger;

/**
 * The operators {@code + - * / %}: exact on whole numbers of any size, in 64-bit binary floats
 * otherwise. Division is exact only where it leaves no rest.
 */
final class Arithmetic {
  private Arithmetic() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(numeric("plus", "+"), (c, a) -> plus(c, Operands.number(a, 0), Operands.number(a, 1)));
    b.add(
        BuiltinSignature.parse("minus(number | set[any], number | set[any]): number | set[any]")
            .withInfix("-"),
        Arithmetic::minus);
    b.add(numeric("mul", "*"), (c, a) -> times(c, Operands.number(a, 0), Operands.number(a, 1)));
    b.add(numeric("div", "/"), (c, a) -> divide(c, Operands.number(a, 0), Operands.number(a, 1)));
    b.add(numeric("rem", "%"), (c, a) -> modulo(c, Operands.number(a, 0), Operands.number(a, 1)));
  }

  private static BuiltinSignature numeric(String name, String infix) {
    return BuiltinSignature.parse(name + "(number, number): number").withInfix(infix);
  }

  private static JsonNumber plus(BuiltinContext context, JsonNumber x, JsonNumber y)
      throws BuiltinException {
    if (Numbers.isSmall(x) && Numbers.isSmall(y)) {
      long a = x.longValue();
      long b = y.longValue();
      long sum = a + b;
      if (((a ^ sum) & (b ^ sum)) >= 0) {
        return JsonNumber.of(sum);
      }
    }
    BigInteger a = Numbers.whole(context, x);
    BigInteger b = a == null ? null : Numbers.whole(context, y);
    if (a != null && b != null) {
      return JsonNumber.of(a.add(b));
    }
    return BinaryFloat.of(context, x).plus(BinaryFloat.of(context, y)).toNumber(context);
  }

  private static JsonNumber minus(BuiltinContext context, JsonNumber x, JsonNumber y)
      throws BuiltinException {
    if (Numbers.isSmall(x) && Numbers.isSmall(y)) {
      long a = x.longValue();
      long b = y.longValue();
      long difference = a - b;
      if (((a ^ b) & (a ^ difference)) >= 0) {
        return JsonNumber.of(difference);
      }
    }
    BigInteger a = Numbers.whole(context, x);
    BigInteger b = a == null ? null : Numbers.whole(context, y);
    if (a != null && b != null) {
      return JsonNumber.of(a.subtract(b));
    }
    return BinaryFloat.of(context, x).minus(BinaryFloat.of(context, y)).toNumber(context);
  }

  private static JsonValue minus(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonValue x = args[0];
    JsonValue y = args[1];
    if (x instanceof JsonNumber a && y instanceof JsonNumber b) {
      return minus(context, a, b);
    }
    if (x instanceof JsonSet a && y instanceof JsonSet b) {
      return Sets.difference(context, a, b);
    }
    if (!(x instanceof JsonNumber) && !(x instanceof JsonSet)) {
      throw Operands.wrongType(args, 0, "number", "set");
    }
    throw Operands.wrongType(args, 1, y instanceof JsonNumber ? "set" : "number");
  }

  private static JsonNumber times(BuiltinContext context, JsonNumber x, JsonNumber y)
      throws BuiltinException {
    if (Numbers.isSmall(x) && Numbers.isSmall(y)) {
      long a = x.longValue();
      long b = y.longValue();
      long high = Math.multiplyHigh(a, b);
      long low = a * b;
      if (high == low >> 63) {
        return JsonNumber.of(low);
      }
    }
    BigInteger a = Numbers.whole(context, x);
    BigInteger b = a == null ? null : Numbers.whole(context, y);
    if (a != null && b != null) {
      Numbers.chargeBits(context, (long) a.bitLength() + b.bitLength());
      return JsonNumber.of(a.multiply(b));
    }
    return BinaryFloat.of(context, x).times(BinaryFloat.of(context, y)).toNumber(context);
  }

  private static JsonNumber divide(BuiltinContext context, JsonNumber x, JsonNumber y)
      throws BuiltinException {
    if (Numbers.isSmall(x) && Numbers.isSmall(y)) {
      long a = x.longValue();
      long b = y.longValue();
      if (a != 0 && b != 0 && a % b == 0 && a != Long.MIN_VALUE) {
        return JsonNumber.of(a / b);
      }
    }
    BinaryFloat divisor = BinaryFloat.of(context, y);
    if (divisor.isZero()) {
      throw BuiltinException.of("divide by zero");
    }
    return BinaryFloat.of(context, x).dividedBy(divisor).toNumber(context);
  }

  private static JsonNumber modulo(BuiltinContext context, JsonNumber x, JsonNumber y)
      throws BuiltinException {
    BigInteger a = Numbers.whole(context, x);
    BigInteger b = a == null ? null : Numbers.whole(context, y);
    if (a == null || b == null) {
      throw BuiltinException.of("modulo on floating-point number");
    }
    if (b.longValue() == 0) { // OPA looks at the lowest 64 bits
      throw BuiltinException.of("modulo by zero");
    }
    return JsonNumber.of(a.remainder(b));
  }
}
