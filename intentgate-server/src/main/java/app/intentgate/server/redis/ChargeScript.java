package app.intentgate.server.redis;

import app.intentgate.budget.Charge;
import app.intentgate.budget.ChargeResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call's charges as the script takes them, and its answer as the gate does. */
final class ChargeScript {
  /** The script. */
  static final String TEXT = read();

  private final List<Charge> charges;
  private final List<String> counters = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();

  /** The charges at a time; null for Redis' own time. */
  ChargeScript(List<Charge> charges, @Nullable Long nowMillis) {
    this.charges = charges;
    arguments.add(nowMillis == null ? "" : Long.toString(nowMillis));
    charges.forEach(this::add);
  }

  private static String read() {
    try (InputStream in = ChargeScript.class.getResourceAsStream("charge.lua")) {
      if (in == null) {
        throw new IllegalStateException("charge.lua is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Charge charge) {
    String key = RedisKeys.of(charge);
    int at = counters.indexOf(key);
    boolean first = at < 0;
    if (first) {
      counters.add(key);
      at = counters.size() - 1;
    }
    // Two limits on one counter count a call once, with what the first of them says.
    long amount = first ? charge.amount() : amountOf(key);
    arguments.add(Integer.toString(at + 1));
    arguments.add(charge.kind() == Charge.Kind.RATE ? "rate" : "life");
    arguments.add(amount > charge.max() ? "" : Long.toString(charge.max() - amount));
    arguments.add(Long.toString(amount));
    arguments.add(charge.expiresAt() == null ? "" : Long.toString(charge.expiresAt()));
    arguments.add(first ? "1" : "0");
  }

  private long amountOf(String key) {
    for (Charge charge : charges) {
      if (RedisKeys.of(charge).equals(key)) {
        return charge.amount();
      }
    }
    throw new IllegalStateException("a counter that no charge names");
  }

  String[] keys() {
    String[] keys = new String[2 * counters.size()];
    for (int i = 0; i < counters.size(); i++) {
      keys[2 * i] = counters.get(i);
      keys[2 * i + 1] = counters.get(i) + ":amounts";
    }
    return keys;
  }

  String[] arguments() {
    return arguments.toArray(String[]::new);
  }

  /**
   * What the script's answer means.
   *
   * @throws IllegalStateException when it means nothing
   */
  ChargeResult result(List<?> answer) {
    if (answer.isEmpty() || !(answer.get(0) instanceof Long number)) {
      throw new IllegalStateException("Redis answered something else");
    }
    if (number == 0) {
      return ChargeResult.CHARGED;
    }
    Charge exceeded = charges.get(Math.toIntExact(number - 1));
    long spent = Long.parseLong(String.valueOf(answer.get(1)));
    long sum = spent + amountOf(RedisKeys.of(exceeded));
    return new ChargeResult(exceeded, sum < 0 ? Long.MAX_VALUE : sum);
  }
}
