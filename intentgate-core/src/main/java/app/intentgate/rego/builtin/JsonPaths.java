package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code json.filter} keeps what paths lead to, and {@code json.remove} drops it. */
final class JsonPaths {
  private final BuiltinContext context;
  private final boolean keep;

  private JsonPaths(BuiltinContext context, boolean keep) {
    this.context = context;
    this.keep = keep;
  }

  static void addTo(BuiltinRegistry.Builder b) {
    String paths = "array[string | array[any]] | set[string | array[any]]";
    b.add(
        "json.filter(object[any: any], " + paths + "): object[any: any]",
        (c, a) -> apply(c, a, true));
    b.add(
        "json.remove(object[any: any], " + paths + "): object[any: any]",
        (c, a) -> apply(c, a, false));
  }

  private static @Nullable JsonValue apply(BuiltinContext context, JsonValue[] args, boolean keep)
      throws BuiltinException {
    JsonObject object = Operands.object(args, 0);
    return new JsonPaths(context, keep).walk(object, PathTree.of(context, args, 1));
  }

  /** What is left of a value under paths; null when nothing is. */
  private @Nullable JsonValue walk(JsonValue value, @Nullable PathTree paths) {
    context.chargeSteps(1);
    if (paths == null) {
      return keep ? null : value;
    }
    if (paths.isEnd()) {
      return keep ? value : null;
    }
    if (value instanceof JsonObject object) {
      return object(object, paths);
    } else if (value instanceof JsonArray array) {
      return array(array, paths);
    } else if (value instanceof JsonSet set) {
      return set(set, paths);
    }
    return value;
  }

  private JsonObject object(JsonObject object, PathTree paths) {
    context.chargeValues(object.size());
    JsonObject.Builder result = JsonObject.builder();
    for (int i = 0; i < object.size(); i++) {
      JsonValue left = walk(object.valueAt(i), paths.under(object.keyAt(i)));
      if (left != null) {
        result.put(object.keyAt(i), left);
      }
    }
    return result.build();
  }

  private JsonArray array(JsonArray array, PathTree paths) {
    context.chargeValues(array.size());
    List<JsonValue> result = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonValue left = walk(array.get(i), paths.under(i));
      if (left != null) {
        result.add(left);
      }
    }
    return JsonArray.copyOf(result);
  }

  private JsonSet set(JsonSet set, PathTree paths) {
    context.chargeValues(set.size());
    JsonSet.Builder result = JsonSet.builder();
    for (JsonValue item : set) {
      JsonValue left = walk(item, paths.under(item));
      if (left != null) {
        result.add(left);
      }
    }
    return result.build();
  }
}
