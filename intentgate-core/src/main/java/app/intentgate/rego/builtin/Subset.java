package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;

/** {@code object.subset}: objects by members, sets by items, arrays as a run of items. */
final class Subset {
  private Subset() {}

  static void addTo(BuiltinRegistry.Builder b) {
    String any = "object[any: any] | set[any] | array[any]";
    b.add("object.subset(" + any + ", " + any + "): boolean", Subset::subset);
  }

  private static JsonValue subset(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonValue all = args[0];
    JsonValue part = args[1];
    if (all instanceof JsonArray array && part instanceof JsonSet set) {
      return JsonValue.of(holdsItems(context, array, set));
    }
    boolean known = all instanceof JsonObject || all instanceof JsonSet || all instanceof JsonArray;
    if (!known || all.typeOrder() != part.typeOrder()) {
      throw BuiltinException.ofType(
          "both arguments object.subset must be of the same type or array and set");
    }
    return JsonValue.of(holds(context, all, part));
  }

  private static boolean holds(BuiltinContext context, JsonValue all, JsonValue part) {
    if (all instanceof JsonObject o && part instanceof JsonObject p) {
      return holdsMembers(context, o, p);
    } else if (all instanceof JsonSet s && part instanceof JsonSet p) {
      context.chargeSteps(p.size());
      for (JsonValue item : p) {
        if (!s.contains(item)) {
          return false;
        }
      }
      return true;
    } else if (all instanceof JsonArray a && part instanceof JsonArray p) {
      return holdsRun(context, a, p);
    }
    return false;
  }

  private static boolean holdsMembers(BuiltinContext context, JsonObject all, JsonObject part) {
    context.chargeSteps(part.size());
    for (int i = 0; i < part.size(); i++) {
      JsonValue wanted = part.valueAt(i);
      JsonValue found = all.get(part.keyAt(i));
      if (found == null || !wanted.equals(found) && !holds(context, found, wanted)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holdsRun(BuiltinContext context, JsonArray all, JsonArray part) {
    for (int from = 0; from + part.size() <= all.size(); from++) {
      int matched = 0;
      while (matched < part.size() && all.get(from + matched).equals(part.get(matched))) {
        matched++;
      }
      context.chargeSteps(matched + 1L);
      if (matched == part.size()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether as many items of an array are in a set as the set has. That counts an item that stands
   * twice in the array twice, as OPA does; and an empty array holds not even the empty set.
   */
  private static boolean holdsItems(BuiltinContext context, JsonArray array, JsonSet set) {
    context.chargeSteps(array.size());
    int missing = set.size();
    for (JsonValue item : array) {
      if (set.contains(item)) {
        missing--;
      }
      if (missing == 0) {
        return true;
      }
    }
    return false;
  }
}
