package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;

/** Comparison by Rego's order, and membership. The compiler turns most of these into nodes. */
final class Comparison {
  private Comparison() {}

  static void addTo(BuiltinRegistry.Builder b) {
    operator(b, "eq", "=", (x, y) -> x.equals(y));
    operator(b, "assign", ":=", (x, y) -> x.equals(y));
    operator(b, "equal", "==", (x, y) -> x.equals(y));
    operator(b, "neq", "!=", (x, y) -> !x.equals(y));
    operator(b, "lt", "<", (x, y) -> JsonValue.compare(x, y) < 0);
    operator(b, "lte", "<=", (x, y) -> JsonValue.compare(x, y) <= 0);
    operator(b, "gt", ">", (x, y) -> JsonValue.compare(x, y) > 0);
    operator(b, "gte", ">=", (x, y) -> JsonValue.compare(x, y) >= 0);
    b.add(
        BuiltinSignature.parse("internal.member_2(any, any): boolean").withInfix("in"),
        (c, a) -> JsonValue.of(isMember(a[0], a[1])));
    b.add(
        BuiltinSignature.parse("internal.member_3(any, any, any): boolean").withInfix("in"),
        (c, a) -> JsonValue.of(isMemberAt(a[0], a[1], a[2])));
  }

  @FunctionalInterface
  private interface Test {
    boolean test(JsonValue left, JsonValue right);
  }

  private static void operator(
      BuiltinRegistry.Builder b, String name, String infix, Test comparison) {
    b.add(
        BuiltinSignature.parse(name + "(any, any): boolean").withInfix(infix),
        (c, a) -> JsonValue.of(comparison.test(a[0], a[1])));
  }

  /** Whether a value is among the items or member values of a collection; false for others. */
  static boolean isMember(JsonValue value, JsonValue collection) {
    if (collection instanceof JsonSet set) {
      return set.contains(value);
    }
    if (collection instanceof JsonArray array) {
      for (JsonValue item : array) {
        if (item.equals(value)) {
          return true;
        }
      }
    } else if (collection instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        if (object.valueAt(i).equals(value)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a collection holds a value under a key; a set's keys are its values. */
  static boolean isMemberAt(JsonValue key, JsonValue value, JsonValue collection) {
    if (collection instanceof JsonSet set) {
      return key.equals(value) && set.contains(value);
    }
    if (collection instanceof JsonArray array) {
      JsonValue item = Operands.itemAt(array, key);
      return item != null && item.equals(value);
    }
    return collection instanceof JsonObject object && value.equals(object.get(key));
  }
}
