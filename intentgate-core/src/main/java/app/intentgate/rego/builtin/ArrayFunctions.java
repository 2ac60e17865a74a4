package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code array.*}. */
final class ArrayFunctions {
  private ArrayFunctions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("array.concat(array[any], array[any]): array[any]", ArrayFunctions::concat);
    b.add("array.slice(array[any], number, number): array[any]", ArrayFunctions::slice);
    b.add("array.reverse(array[any]): array[any]", ArrayFunctions::reverse);
    b.add("array.flatten(array[any]): array[any]", ArrayFunctions::flatten);
  }

  private static JsonValue concat(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonArray a = Operands.array(args, 0);
    JsonArray b = Operands.array(args, 1);
    context.chargeValues((long) a.size() + b.size());
    List<JsonValue> items = new ArrayList<>(a.size() + b.size());
    a.forEach(items::add);
    b.forEach(items::add);
    return JsonArray.copyOf(items);
  }

  private static JsonValue slice(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonArray array = Operands.array(args, 0);
    long from = Math.max(0, Numbers.integer(args, 1));
    long to = Math.min(array.size(), Numbers.integer(args, 2));
    if (from >= to) {
      return JsonArray.EMPTY;
    }
    context.chargeValues(to - from);
    List<JsonValue> items = new ArrayList<>((int) (to - from));
    for (int i = (int) from; i < to; i++) {
      items.add(array.get(i));
    }
    return JsonArray.copyOf(items);
  }

  private static JsonValue reverse(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonArray array = Operands.array(args, 0);
    context.chargeValues(array.size());
    List<JsonValue> items = new ArrayList<>(array.size());
    array.forEach(items::add);
    Collections.reverse(items);
    return JsonArray.copyOf(items);
  }

  private static JsonValue flatten(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    List<JsonValue> items = new ArrayList<>();
    for (JsonValue item : Operands.array(args, 0)) {
      if (item instanceof JsonArray inner) {
        inner.forEach(items::add);
      } else {
        items.add(item);
      }
      context.chargeValues(1);
    }
    context.chargeValues(items.size());
    return JsonArray.copyOf(items);
  }
}
