package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes operands of calls as the types they must have, or fails with OPA's words. */
final class Operands {
  private Operands() {}

  /** The name of a value's type. */
  static String typeName(JsonValue value) {
    if (value instanceof JsonNull) {
      return "null";
    } else if (value instanceof JsonBoolean) {
      return "boolean";
    } else if (value instanceof JsonNumber) {
      return "number";
    } else if (value instanceof JsonString) {
      return "string";
    } else if (value instanceof JsonArray) {
      return "array";
    }
    return value instanceof JsonObject ? "object" : "set";
  }

  /** The error of an operand that has the wrong type; positions count from 0. */
  static BuiltinException wrongType(JsonValue[] arguments, int index, String... needs) {
    return BuiltinException.operand(index + 1, oneOf(needs), typeName(arguments[index]));
  }

  /** One need as it is, several as {@code one of {a, b}}. */
  static String oneOf(String... needs) {
    return needs.length == 1
        ? needs[0]
        : Arrays.stream(needs).collect(Collectors.joining(", ", "one of {", "}"));
  }

  /** The error of an item that has the wrong type in a collection of the right one. */
  static BuiltinException wrongElement(
      int index, JsonValue collection, JsonValue item, String need) {
    String type = typeName(collection);
    return BuiltinException.operand(
        index + 1, type + " of " + need + "s", type + " containing " + typeName(item));
  }

  /** An array, or a set as the array of its items; null for other values. */
  static @Nullable JsonArray items(JsonValue collection) {
    if (collection instanceof JsonSet set) {
      return set.toArray();
    }
    return collection instanceof JsonArray array ? array : null;
  }

  static String string(JsonValue[] arguments, int index) throws BuiltinException {
    if (arguments[index] instanceof JsonString s) {
      return s.value();
    }
    throw wrongType(arguments, index, "string");
  }

  /** The items of an array or set of strings. */
  static List<String> strings(JsonValue[] arguments, int index) throws BuiltinException {
    JsonArray items = items(arguments[index]);
    if (items == null) {
      throw wrongType(arguments, index, "array", "set");
    }
    List<String> strings = new ArrayList<>(items.size());
    for (JsonValue item : items) {
      if (!(item instanceof JsonString s)) {
        throw wrongElement(index, arguments[index], item, "string");
      }
      strings.add(s.value());
    }
    return strings;
  }

  static JsonNumber number(JsonValue[] arguments, int index) throws BuiltinException {
    if (arguments[index] instanceof JsonNumber n) {
      return n;
    }
    throw wrongType(arguments, index, "number");
  }

  static JsonArray array(JsonValue[] arguments, int index) throws BuiltinException {
    if (arguments[index] instanceof JsonArray a) {
      return a;
    }
    throw wrongType(arguments, index, "array");
  }

  static JsonObject object(JsonValue[] arguments, int index) throws BuiltinException {
    if (arguments[index] instanceof JsonObject o) {
      return o;
    }
    throw wrongType(arguments, index, "object");
  }

  /** The item of an array at an index; null when it is none, as {@code 1.0} is none. */
  static @Nullable JsonValue itemAt(JsonArray array, JsonValue index) {
    if (index instanceof JsonNumber n && Numbers.isSmall(n)) {
      long at = n.longValue();
      if (at >= 0 && at < array.size()) {
        return array.get((int) at);
      }
    }
    return null;
  }
}
