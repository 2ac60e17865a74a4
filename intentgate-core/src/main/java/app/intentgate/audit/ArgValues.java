package app.intentgate.audit;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much of a call's arguments an event keeps (runtime contract 5.1, {@code arg_values}). */
public enum ArgValues {
  /** Nothing. */
  OFF,
  /** Numbers, booleans and nulls; a string becomes null, at any depth. */
  SCALARS,
  /** Everything. */
  RAW;

  /** What this mode keeps of the arguments; empty for {@link #OFF}. */
  public JsonObject of(JsonObject arguments) {
    return switch (this) {
      case OFF -> JsonObject.EMPTY;
      case SCALARS -> withoutStrings(arguments);
      case RAW -> arguments;
    };
  }

  private static JsonObject withoutStrings(JsonObject object) {
    JsonObject.Builder kept = JsonObject.builder(object.size());
    for (int i = 0; i < object.size(); i++) {
      kept.put(object.keyAt(i), withoutStrings(object.valueAt(i)));
    }
    return kept.build();
  }

  // Recursion is bounded by the depth the reader allows.
  private static JsonValue withoutStrings(JsonValue value) {
    if (value instanceof JsonString) {
      return JsonNull.NULL;
    }
    if (value instanceof JsonObject o) {
      return withoutStrings(o);
    }
    if (value instanceof JsonArray a) {
      JsonValue[] kept = new JsonValue[a.size()];
      Arrays.setAll(kept, i -> withoutStrings(a.get(i)));
      return JsonArray.of(kept);
    }
    return value;
  }

  /**
   * The mode a configuration text names, in any letter case, or null when it names none: {@code
   * off}, {@code false}, {@code 0}, {@code none} or nothing; {@code scalars}, {@code scalar},
   * {@code numbers}; {@code raw}, {@code all}, {@code values}.
   */
  public static @Nullable ArgValues parse(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "", "off", "false", "0", "none" -> OFF;
      case "scalars", "scalar", "numbers" -> SCALARS;
      case "raw", "all", "values" -> RAW;
      default -> null;
    };
  }
}
