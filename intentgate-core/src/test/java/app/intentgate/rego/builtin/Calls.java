package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Builtin;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Calls builtins by name, with Java values as arguments, inside a budget that can run out. */
final class Calls implements BuiltinContext {
  /** A budget that ran out. */
  static final class OverBudget extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Map<Object, Object> kept = new HashMap<>();
  private final Random random = new Random(7);
  final List<String> printed = new ArrayList<>();
  private long left;

  Calls() {
    this(10_000_000);
  }

  /** With a budget for steps, values and bytes together. */
  Calls(long budget) {
    left = budget;
  }

  /** The result, or null when undefined. */
  static @Nullable JsonValue call(String name, Object... arguments) throws BuiltinException {
    Builtin f = StandardBuiltins.registry().function(name);
    if (f == null) {
      throw new AssertionError("no builtin " + name);
    }
    return f.call(
        new Calls(), Arrays.stream(arguments).map(Calls::value).toArray(JsonValue[]::new));
  }

  /** Calls a function within a budget. */
  static void within(long budget, String name, Object... arguments) throws BuiltinException {
    Builtin f = Objects.requireNonNull(StandardBuiltins.registry().function(name));
    f.call(new Calls(budget), Arrays.stream(arguments).map(Calls::value).toArray(JsonValue[]::new));
  }

  /** The result as Rego text, or {@code undefined}. */
  static String text(String name, Object... arguments) throws BuiltinException {
    JsonValue v = call(name, arguments);
    return v == null ? "undefined" : app.intentgate.json.RegoText.of(v);
  }

  /** The message of the error that the call ends in. */
  static String error(String name, Object... arguments) {
    try {
      return "no error, but " + text(name, arguments);
    } catch (BuiltinException e) {
      return e.getMessage();
    }
  }

  /** A Java value as Rego's; numbers may be given as {@code num("1.0")}. */
  static JsonValue value(@Nullable Object o) {
    if (o == null) {
      return JsonNull.NULL;
    } else if (o instanceof JsonValue v) {
      return v;
    } else if (o instanceof Boolean b) {
      return JsonValue.of(b);
    } else if (o instanceof Number n) {
      return JsonNumber.parse(n.toString());
    } else if (o instanceof List<?> list) {
      return JsonArray.copyOf(list.stream().map(Calls::value).toList());
    } else if (o instanceof Map<?, ?> map) {
      JsonObject.Builder b = JsonObject.builder();
      map.forEach((k, v) -> b.put(value(k), value(v)));
      return b.build();
    }
    return JsonString.of((String) o);
  }

  static JsonNumber num(String text) {
    return JsonNumber.parse(text);
  }

  static JsonSet set(Object... items) {
    return JsonSet.copyOf(Arrays.stream(items).map(Calls::value).toList());
  }

  private void charge(long amount) {
    left -= Math.min(amount, Long.MAX_VALUE / 2);
    if (left < 0) {
      throw new OverBudget();
    }
  }

  @Override
  public long nowNanos() {
    return 1_700_000_000_123_456_789L;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public JsonObject environment() {
    return JsonObject.EMPTY;
  }

  @Override
  public void chargeSteps(long steps) {
    charge(steps);
  }

  @Override
  public void chargeValues(long values) {
    charge(values);
  }

  @Override
  public void chargeBytes(long bytes) {
    charge(bytes);
  }

  @Override
  public <T> T compiled(Class<T> kind, String text, Compiler<T> compiler) throws BuiltinException {
    return compiler.compile(text);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T once(Object key, Supplier<T> maker) {
    return (T) kept.computeIfAbsent(key, k -> maker.get());
  }

  @Override
  public void print(String line) {
    printed.add(line);
  }

  @Override
  public void trace(String note) {
    printed.add(note);
  }
}
