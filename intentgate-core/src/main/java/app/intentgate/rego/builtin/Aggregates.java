package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code count sum product max min sort}, and the deprecated {@code all any}. */
final class Aggregates {
  private Aggregates() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("count(string | array[any] | object[any: any] | set[any]): number", Aggregates::count);
    b.add(
        "sum(array[number] | set[number]): number",
        (c, a) -> total(c, a, BigInteger.ZERO, BigInteger::add, BinaryFloat::plus));
    b.add(
        "product(array[number] | set[number]): number",
        (c, a) -> total(c, a, BigInteger.ONE, BigInteger::multiply, BinaryFloat::times));
    b.add("max(array[any] | set[any]): any", (c, a) -> extreme(c, a, true));
    b.add("min(array[any] | set[any]): any", (c, a) -> extreme(c, a, false));
    b.add("sort(array[any] | set[any]): array[any]", Aggregates::sort);
    b.add(deprecated("all"), Aggregates::all);
    b.add(deprecated("any"), Aggregates::any);
  }

  private static BuiltinSignature deprecated(String name) {
    return BuiltinSignature.parse(name + "(array[any] | set[any]): boolean").asDeprecated();
  }

  private static JsonValue count(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonValue v = args[0];
    if (v instanceof JsonArray array) {
      return JsonNumber.of(array.size());
    } else if (v instanceof JsonObject object) {
      return JsonNumber.of(object.size());
    } else if (v instanceof JsonSet set) {
      return JsonNumber.of(set.size());
    } else if (v instanceof JsonString s) {
      return JsonNumber.of(s.value().codePointCount(0, s.value().length()));
    }
    throw Operands.wrongType(args, 0, "array", "object", "set", "string");
  }

  @FunctionalInterface
  private interface RealOperator {
    BinaryFloat apply(BinaryFloat a, BinaryFloat b) throws BuiltinException;
  }

  /** All numbers taken together: exactly when they are all whole, as floats otherwise. */
  private static JsonValue total(
      BuiltinContext context,
      JsonValue[] args,
      BigInteger start,
      BinaryOperator<BigInteger> exact,
      RealOperator rounded)
      throws BuiltinException {
    JsonArray items = items(args, "set", "array");
    BigInteger whole = allWhole(items) ? start : null;
    BinaryFloat real = BinaryFloat.of(start);
    for (JsonValue item : items) {
      context.chargeSteps(1);
      JsonNumber number = number(args, item);
      BigInteger n = whole == null ? null : Numbers.whole(context, number);
      if (whole != null && n != null) {
        whole = exact.apply(whole, n);
        Numbers.chargeBits(context, whole.bitLength());
      } else {
        real = rounded.apply(real, BinaryFloat.of(context, number));
      }
    }
    return whole != null ? JsonNumber.of(whole) : real.toNumber(context);
  }

  private static boolean allWhole(JsonArray items) {
    for (JsonValue item : items) {
      if (!(item instanceof JsonNumber n) || !Numbers.isWhole(n)) {
        return false;
      }
    }
    return true;
  }

  private static JsonNumber number(JsonValue[] args, JsonValue item) throws BuiltinException {
    if (item instanceof JsonNumber n) {
      return n;
    }
    throw Operands.wrongElement(0, args[0], item, "number");
  }

  /**
   * The largest or smallest item; of equal ones, arrays give the last and sets the first. OPA does
   * not count null in a set that has anything else.
   */
  private static @Nullable JsonValue extreme(
      BuiltinContext context, JsonValue[] args, boolean largest) throws BuiltinException {
    JsonArray items = items(args, "set", "array");
    context.chargeSteps(items.size());
    JsonValue best = null;
    for (JsonValue item : items) {
      if (best == null || (args[0] instanceof JsonSet && best == JsonNull.NULL)) {
        best = item;
        continue;
      }
      int c = JsonValue.compare(item, best);
      if (c == 0 || c > 0 == largest) {
        best = item;
      }
    }
    return best;
  }

  private static JsonValue sort(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    if (args[0] instanceof JsonSet set) {
      set.sort(context::chargeSteps);
      return set.toArray();
    }
    JsonArray items = items(args, "set", "array");
    context.chargeValues(items.size());
    List<JsonValue> sorted = new ArrayList<>(items.size());
    items.forEach(sorted::add);
    sorted.sort(JsonValue.comparing(context::chargeSteps));
    return JsonArray.copyOf(sorted);
  }

  private static JsonValue all(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    for (JsonValue item : items(args, "array", "set")) {
      if (item != JsonBoolean.TRUE) {
        return JsonBoolean.FALSE;
      }
    }
    return JsonBoolean.TRUE;
  }

  private static JsonValue any(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    for (JsonValue item : items(args, "array", "set")) {
      if (item == JsonBoolean.TRUE) {
        return JsonBoolean.TRUE;
      }
    }
    return JsonBoolean.FALSE;
  }

  private static JsonArray items(JsonValue[] args, String... needs) throws BuiltinException {
    JsonArray items = Operands.items(args[0]);
    if (items == null) {
      throw Operands.wrongType(args, 0, needs);
    }
    return items;
  }
}
