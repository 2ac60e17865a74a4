package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.math.BigInteger;

/** {@code numbers.range}, {@code numbers.range_step} and {@code rand.intn}. */
final class NumberRanges {
  /** As many numbers between two charges, and what they cost. */
  private static final int CHARGED_EVERY = 1024;

  private static final int CHARGE = 64;

  private NumberRanges() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(
        "numbers.range(number, number): array[number]",
        (c, a) ->
            range(c, Numbers.bigInteger(c, a, 0), Numbers.bigInteger(c, a, 1), BigInteger.ONE));
    b.add("numbers.range_step(number, number, number): array[number]", NumberRanges::rangeStep);
    b.add(
        BuiltinSignature.parse("rand.intn(string, number): number")
            .withKind(BuiltinSignature.Kind.NONDETERMINISTIC),
        NumberRanges::random);
  }

  private static JsonArray rangeStep(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    BigInteger from = Numbers.bigInteger(context, args, 0);
    BigInteger to = Numbers.bigInteger(context, args, 1);
    BigInteger step = Numbers.bigInteger(context, args, 2);
    if (step.signum() <= 0) {
      throw BuiltinException.of("numbers.range_step: step must be a positive integer");
    }
    return range(context, from, to, step);
  }

  private static JsonArray range(
      BuiltinContext context, BigInteger from, BigInteger to, BigInteger step) {
    BigInteger length = to.subtract(from).abs().divide(step).add(BigInteger.ONE);
    int size = Numbers.chargeItems(context, length);
    BigInteger change = from.compareTo(to) <= 0 ? step : step.negate();
    long longest = Math.max(from.bitLength(), to.bitLength());
    JsonArray.Builder items = JsonArray.builder(size);
    boolean small = longest < 63;
    BigInteger next = from;
    for (int i = 0; i < size; i++) {
      if (i % CHARGED_EVERY == 0) {
        // A million numbers take longer than some deadlines.
        context.chargeSteps(CHARGE);
      }
      if (small) {
        // The last one is no further than the end, so that nothing overflows.
        items.add(JsonNumber.of(from.longValue() + i * change.longValue()));
      } else {
        Numbers.chargePower(context, longest);
        context.chargeBytes(longest / 3);
        items.add(JsonNumber.of(next));
        next = next.add(change);
      }
    }
    return items.build();
  }

  private record Draw(String name, long bound) {}

  private static JsonNumber random(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String name = Operands.string(args, 0);
    long n = Numbers.integer(args, 1);
    if (n == 0) {
      return JsonNumber.ZERO;
    }
    long bound = n == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(n);
    // Beside what the evaluation remembers of calls: a bound and its negative draw the same.
    return context.once(
        new Draw(name, bound), () -> JsonNumber.of(context.random().nextLong(bound)));
  }
}
