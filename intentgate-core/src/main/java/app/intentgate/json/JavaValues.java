package app.intentgate.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns ordinary Java values into JSON values. */
public final class JavaValues {
  private static final int MAX_DEPTH = 64;

  private JavaValues() {}

  /**
   * The JSON value of a map with text keys, a collection, a text, a number, a boolean, null, or a
   * {@link JsonValue}, which is taken as it is.
   *
   * @throws IllegalArgumentException for anything else, for NaN and infinities, and for values
   *     nested deeper than 64
   */
  public static JsonValue of(@Nullable Object value) {
    return of(value, 0);
  }

  /** The JSON object of a map. */
  public static JsonObject ofMap(Map<String, ?> map) {
    return object(map, 0);
  }

  private static JsonValue of(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("value is nested deeper than " + MAX_DEPTH);
    }
    if (value == null) {
      return JsonNull.NULL;
    }
    if (value instanceof JsonValue json) {
      return json;
    }
    if (value instanceof CharSequence text) {
      return JsonString.of(text.toString());
    }
    if (value instanceof Boolean bool) {
      return JsonValue.of(bool.booleanValue());
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, depth);
    }
    if (value instanceof Collection<?> items) {
      List<JsonValue> array = new ArrayList<>(items.size());
      for (Object item : items) {
        array.add(of(item, depth + 1));
      }
      return JsonArray.copyOf(array);
    }
    throw new IllegalArgumentException("no JSON value for a " + value.getClass().getName());
  }

  private static JsonObject object(Map<?, ?> map, int depth) {
    JsonObject.Builder object = JsonObject.builder(map.size());
    for (Map.Entry<?, ?> e : map.entrySet()) {
      if (!(e.getKey() instanceof String key)) {
        throw new IllegalArgumentException("a map with keys that are no text has no JSON value");
      }
      object.put(key, of(e.getValue(), depth + 1));
    }
    return object.build();
  }

  private static JsonNumber number(Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return JsonNumber.of(number.longValue());
    }
    if (number instanceof BigInteger big) {
      return JsonNumber.of(big);
    }
    if (number instanceof BigDecimal big) {
      return JsonNumber.parse(big.toString());
    }
    double d = number.doubleValue();
    if (Double.isNaN(d) || Double.isInfinite(d)) {
      throw new IllegalArgumentException("NaN and infinities have no JSON value");
    }
    return JsonNumber.parse(number.toString());
  }
}
