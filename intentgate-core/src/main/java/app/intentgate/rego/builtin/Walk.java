package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.RelationBuiltin.Results;
import java.util.ArrayList;
import java.util.List;

/** {@code walk}: a value, and everything inside it, each with the path that leads there. */
final class Walk {
  private final BuiltinContext context;
  private final Results results;
  private final List<JsonValue> path = new ArrayList<>();

  private Walk(BuiltinContext context, Results results) {
    this.context = context;
    this.results = results;
  }

  static void addTo(BuiltinRegistry.Builder b) {
    b.addRelation(
        BuiltinSignature.parse("walk(any): array<array[any], any>"),
        (c, a, results) -> new Walk(c, results).visit(a[0]));
  }

  private boolean visit(JsonValue value) {
    context.chargeSteps(1L + path.size() / 16);
    if (!results.accept(JsonArray.of(JsonArray.copyOf(path), value))) {
      return false;
    }
    if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        int at = object.sortedPosition(i);
        if (!visit(object.keyAt(at), object.valueAt(at))) {
          return false;
        }
      }
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (!visit(JsonNumber.of(i), array.get(i))) {
          return false;
        }
      }
    } else if (value instanceof JsonSet set) {
      for (JsonValue item : set) {
        if (!visit(item, item)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean visit(JsonValue key, JsonValue value) {
    path.add(key);
    boolean more = visit(value);
    path.remove(path.size() - 1);
    return more;
  }
}
