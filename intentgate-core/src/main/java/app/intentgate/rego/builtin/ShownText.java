package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import app.intentgate.rego.spi.BuiltinContext;

/**
 * Values as text, which is charged for before it is there: a value may hold one text very often.
 */
final class ShownText {
  /** As much of a value is shown in an error. */
  private static final int MAX_IN_ERROR = 1_000;

  private ShownText() {}

  /** The value as a Rego term. */
  static String of(BuiltinContext context, JsonValue value) {
    charge(context, value);
    return RegoText.of(value);
  }

  /** The value as a Rego term, cut where it is long. */
  static String inError(JsonValue value) {
    return RegoText.ofAtMost(value, MAX_IN_ERROR);
  }

  /**
   * Charges for the text of a value, as Rego or as JSON, and tells its length; what needs an escape
   * counts as one char.
   */
  static long charge(BuiltinContext context, JsonValue value) {
    long length = length(value);
    context.chargeBytes(length);
    return length;
  }

  private static long length(JsonValue value) {
    if (value instanceof JsonString s) {
      return s.value().length() + 2L;
    } else if (value instanceof JsonNumber n) {
      return n.text().length();
    } else if (value instanceof JsonArray array) {
      return lengthOf(array);
    } else if (value instanceof JsonSet set) {
      return lengthOf(set);
    } else if (value instanceof JsonObject object) {
      long sum = 2;
      for (int i = 0; i < object.size(); i++) {
        sum += length(object.keyAt(i)) + length(object.valueAt(i)) + 4;
      }
      return sum;
    }
    return 4;
  }

  private static long lengthOf(Iterable<JsonValue> items) {
    long sum = 2;
    for (JsonValue item : items) {
      sum += length(item) + 2;
    }
    return sum;
  }
}
