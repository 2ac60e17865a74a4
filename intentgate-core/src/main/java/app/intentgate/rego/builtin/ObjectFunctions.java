package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import org.jspecify.annotations.Nullable;

/** {@code object.get keys remove filter union union_n}. */
final class ObjectFunctions {
  private ObjectFunctions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    String keys = "array[any] | set[any] | object[any: any]";
    b.add("object.get(object[any: any], any, any): any", ObjectFunctions::get);
    b.add("object.keys(object[any: any]): set[any]", ObjectFunctions::keys);
    b.add(
        "object.remove(object[any: any], " + keys + "): object[any: any]",
        (c, a) -> select(c, a, false));
    b.add(
        "object.filter(object[any: any], " + keys + "): object[any: any]",
        (c, a) -> select(c, a, true));
    b.add(
        "object.union(object[any: any], object[any: any]): object[any: any]",
        (c, a) -> union(c, Operands.object(a, 0), Operands.object(a, 1)));
    b.add("object.union_n(array[object[any: any]]): object[any: any]", ObjectFunctions::unionOfAll);
  }

  /** The value under a key or a path of keys; an array is always a path. */
  private static JsonValue get(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonObject object = Operands.object(args, 0);
    JsonValue found = args[1] instanceof JsonArray path ? find(object, path) : object.get(args[1]);
    return found == null ? args[2] : found;
  }

  private static @Nullable JsonValue find(JsonValue start, JsonArray path) {
    JsonValue at = start;
    for (JsonValue key : path) {
      JsonValue next = child(at, key);
      if (next == null) {
        return null;
      }
      at = next;
    }
    return at;
  }

  /** What a reference finds under a key of a value, or null. */
  static @Nullable JsonValue child(JsonValue parent, JsonValue key) {
    if (parent instanceof JsonObject object) {
      return object.get(key);
    } else if (parent instanceof JsonArray array) {
      return Operands.itemAt(array, key);
    }
    return parent instanceof JsonSet set && set.contains(key) ? key : null;
  }

  private static JsonValue keys(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    return keysOf(context, Operands.object(args, 0));
  }

  private static JsonSet keysOf(BuiltinContext context, JsonObject object) {
    context.chargeValues(object.size());
    JsonSet.Builder keys = JsonSet.builder();
    for (int i = 0; i < object.size(); i++) {
      keys.add(object.keyAt(i));
    }
    return keys.build();
  }

  private static JsonValue select(BuiltinContext context, JsonValue[] args, boolean keep)
      throws BuiltinException {
    JsonObject object = Operands.object(args, 0);
    JsonSet keys;
    if (args[1] instanceof JsonObject other) {
      keys = keysOf(context, other);
    } else {
      JsonArray items = Operands.items(args[1]);
      if (items == null) {
        throw Operands.wrongType(args, 1, "object", "set", "array");
      }
      JsonSet.Builder distinct = JsonSet.builder();
      items.forEach(distinct::add);
      keys = distinct.build();
    }
    context.chargeValues(object.size());
    JsonObject.Builder result = JsonObject.builder(object.size());
    for (int i = 0; i < object.size(); i++) {
      if (keys.contains(object.keyAt(i)) == keep) {
        result.put(object.keyAt(i), object.valueAt(i));
      }
    }
    return result.build();
  }

  /** Both objects in one; where both have a key, objects are merged and else the second wins. */
  private static JsonObject union(BuiltinContext context, JsonObject a, JsonObject b) {
    if (a.equals(b)) {
      return a;
    }
    context.chargeValues((long) a.size() + b.size());
    JsonObject.Builder result = a.toBuilder();
    for (int i = 0; i < b.size(); i++) {
      JsonValue key = b.keyAt(i);
      JsonValue value = b.valueAt(i);
      if (value instanceof JsonObject second && a.get(key) instanceof JsonObject first) {
        result.put(key, union(context, first, second));
      } else {
        result.put(key, value);
      }
    }
    return result.build();
  }

  private static JsonValue unionOfAll(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonArray objects = Operands.array(args, 0);
    for (int i = objects.size() - 1; i >= 0; i--) {
      if (!(objects.get(i) instanceof JsonObject)) {
        throw Operands.wrongElement(0, objects, objects.get(i), "object");
      }
    }
    JsonObject result = JsonObject.EMPTY;
    for (JsonValue object : objects) {
      result = union(context, result, (JsonObject) object);
    }
    return result;
  }
}
