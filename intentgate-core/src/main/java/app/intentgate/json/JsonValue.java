package app.intentgate.json;

import java.util.Comparator;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value, or one of the two things Rego knows beyond JSON: a {@link JsonSet}, and
 * a {@link JsonObject} whose keys are not all strings. A document read from the wire never holds
 * those two.
 *
 * <p>Equality is by value: {@code 1} equals {@code 1.0}, objects are equal whatever the order of
 * their members, and equal values have equal (cached) hash codes. All implementations are immutable
 * and safe for use by several threads.
 */
public sealed interface JsonValue
    permits JsonNull, JsonBoolean, JsonNumber, JsonString, JsonArray, JsonObject, JsonSet {

  /**
   * The position of this value's type in Rego's order of values: null, boolean, number, string,
   * array, object, set.
   */
  int typeOrder();

  /**
   * Compares two values by Rego's total order: first by {@linkplain #typeOrder() type}, then false
   * before true, numbers by value, strings by code point, arrays lexicographically, objects and
   * sets as their sorted sequences.
   *
   * @return negative, zero or positive; zero exactly when the two are equal
   */
  static int compare(JsonValue a, JsonValue b) {
    return ValueOrder.compare(a, b);
  }

  /**
   * Compares as {@link #compare} does, and tells what each comparison costs before it is made, so
   * that a long sort can be ended.
   *
   * @param charge told of steps: one for a comparison, more where two values may have much in
   *     common; may end the sort by an exception
   */
  static Comparator<JsonValue> comparing(LongConsumer charge) {
    return (a, b) -> {
      charge.accept(1 + Math.min(a.weight(), b.weight()) / ValueOrder.COMPARED);
      return compare(a, b);
    };
  }

  /**
   * How much there is to walk: one for each value, more for long texts, and what is inside as often
   * as it is inside. Kept by arrays, objects and sets once asked for; {@link Integer#MAX_VALUE} for
   * that and everything above.
   */
  default int weight() {
    return 1;
  }

  /** The value as text, or null when it is no string. */
  default @Nullable String asText() {
    return this instanceof JsonString s ? s.value() : null;
  }

  /** The JSON {@code null}. */
  static JsonValue ofNull() {
    return JsonNull.NULL;
  }

  /** {@code true} or {@code false}. */
  static JsonBoolean of(boolean value) {
    return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
  }

  /** A whole number. */
  static JsonNumber of(long value) {
    return JsonNumber.of(value);
  }

  /** A string; lone surrogates are kept as they are. */
  static JsonString of(String value) {
    return JsonString.of(value);
  }
}
