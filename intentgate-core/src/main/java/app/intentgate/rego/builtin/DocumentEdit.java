package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document that is changed at places that paths of keys name. Values on the way are copied. */
final class DocumentEdit {
  private static final int WEIGHT_PER_STEP = 16;

  private final BuiltinContext context;
  private @Nullable JsonValue root;

  /** What was removed from objects and not put back; OPA has other words about those. */
  private final Map<List<JsonValue>, JsonValue> removed = new HashMap<>();

  DocumentEdit(BuiltinContext context, JsonValue root) {
    this.context = context;
    this.root = root;
  }

  /** The document now; null when it was removed. */
  @Nullable JsonValue value() {
    return root;
  }

  JsonValue get(List<JsonValue> path) throws BuiltinException {
    JsonValue at = existing();
    for (int i = 0; i < path.size(); i++) {
      at = child(at, path, i);
    }
    return at;
  }

  void add(List<JsonValue> path, JsonValue value) throws BuiltinException {
    // A document that is put into itself doubles.
    context.chargeSteps(1 + value.weight() / WEIGHT_PER_STEP);
    root = path.isEmpty() ? value : changed(existing(), path, 0, value);
    forget(path);
  }

  void remove(List<JsonValue> path) throws BuiltinException {
    JsonValue document = existing();
    if (path.isEmpty()) {
      root = null;
      return;
    }
    JsonValue parent = get(path.subList(0, path.size() - 1));
    JsonValue key = path.get(path.size() - 1);
    if (parent instanceof JsonObject object) {
      JsonValue old = object.get(key);
      if (old == null) {
        JsonValue before = removed.get(path);
        throw BuiltinException.of(
            before == null
                ? "cannot delete child key " + ShownText.inError(key) + " that does not exist"
                : "cannot delete the already deleted " + kind(before) + ShownText.inError(key));
      }
      root = changed(document, path, 0, null);
      removed.put(List.copyOf(path), old);
      return;
    }
    if (parent instanceof JsonArray array) {
      int index = index(array, key);
      if (index < 0 || index >= array.size()) {
        throw BuiltinException.of("index for array delete out of bounds");
      }
    } else if (parent instanceof JsonSet set && !set.contains(key)) {
      throw BuiltinException.of(
          "cannot delete child key " + ShownText.inError(key) + " that does not exist");
    }
    root = changed(document, path, 0, null);
  }

  private void forget(List<JsonValue> path) {
    context.chargeSteps(removed.size());
    removed
        .keySet()
        .removeIf(p -> p.size() >= path.size() && p.subList(0, path.size()).equals(path));
  }

  private JsonValue existing() throws BuiltinException {
    if (root == null) {
      throw BuiltinException.of("deleted node encountered during insert operation");
    }
    return root;
  }

  /** What a step of a path leads to from its parent. */
  private JsonValue child(JsonValue parent, List<JsonValue> path, int depth)
      throws BuiltinException {
    JsonValue key = path.get(depth);
    String type = Operands.typeName(parent);
    JsonValue lookup = parent instanceof JsonArray a ? JsonNumber.of(index(a, key)) : key;
    JsonValue child = ObjectFunctions.child(parent, lookup);
    if (child != null) {
      return child;
    }
    JsonValue before = removed.get(path.subList(0, depth + 1));
    if (before != null) {
      throw BuiltinException.of(
          "cannot unfold the already deleted " + kind(before) + ShownText.inError(key));
    }
    boolean composite =
        parent instanceof JsonObject || parent instanceof JsonArray || parent instanceof JsonSet;
    throw BuiltinException.of(
        composite
            ? "path "
                + ShownText.inError(lookup)
                + " does not exist in "
                + type
                + " term "
                + ShownText.inError(parent)
            : "expected composite type for path "
                + ShownText.inError(key)
                + ", found value: "
                + typed(parent));
  }

  /** A value without parts, and its type by the name it has in OPA. */
  private static String typed(JsonValue scalar) {
    String type =
        scalar instanceof JsonString
            ? "String"
            : scalar instanceof JsonNumber
                ? "Number"
                : scalar instanceof JsonBoolean ? "Boolean" : "Null";
    return ShownText.inError(scalar) + " (type: ast." + type + ")";
  }

  private static String kind(JsonValue removed) {
    boolean composite =
        removed instanceof JsonObject || removed instanceof JsonArray || removed instanceof JsonSet;
    return (composite ? "composite" : "scalar") + " node for key ";
  }

  /** The value with another one put at the end of a path, or with what is there taken out. */
  private JsonValue changed(
      JsonValue parent, List<JsonValue> path, int depth, @Nullable JsonValue value)
      throws BuiltinException {
    JsonValue key = path.get(depth);
    boolean last = depth == path.size() - 1;
    JsonValue put = last ? value : changed(child(parent, path, depth), path, depth + 1, value);
    if (parent instanceof JsonObject object) {
      return inObject(object, key, put);
    } else if (parent instanceof JsonArray array) {
      return inArray(array, index(array, key), put, last && put != null);
    } else if (parent instanceof JsonSet set) {
      if (last && put != null && !put.equals(key)) {
        throw BuiltinException.of(
            "set key "
                + ShownText.inError(key)
                + " does not equal value to be inserted "
                + ShownText.inError(put));
      }
      return inSet(set, key, put);
    }
    throw BuiltinException.of("expected composite type, found value: " + typed(parent));
  }

  private JsonObject inObject(JsonObject object, JsonValue key, @Nullable JsonValue put) {
    context.chargeValues(object.size() + 1L);
    if (put != null) {
      return object.toBuilder().put(key, put).build();
    }
    JsonObject.Builder rest = JsonObject.builder(object.size());
    for (int i = 0; i < object.size(); i++) {
      if (!object.keyAt(i).equals(key)) {
        rest.put(object.keyAt(i), object.valueAt(i));
      }
    }
    return rest.build();
  }

  private JsonArray inArray(JsonArray array, int index, @Nullable JsonValue put, boolean insert)
      throws BuiltinException {
    if (index < 0 || index > array.size()) {
      throw BuiltinException.of("index for array insertion out of bounds");
    }
    context.chargeValues(array.size() + 1L);
    List<JsonValue> items = new ArrayList<>(array.size() + 1);
    array.forEach(items::add);
    if (put == null) {
      items.remove(index);
    } else if (insert) {
      items.add(index, put);
    } else {
      items.set(index, put);
    }
    return JsonArray.copyOf(items);
  }

  private JsonSet inSet(JsonSet set, JsonValue key, @Nullable JsonValue put) {
    context.chargeValues(set.size() + 1L);
    JsonSet.Builder items = JsonSet.builder();
    for (JsonValue item : set) {
      if (!item.equals(key)) {
        items.add(item);
      }
    }
    if (put != null) {
      items.add(put);
    }
    return items.build();
  }

  /** The index that a key means: a number, its digits without leading zeros, or {@code -}. */
  private static int index(JsonArray array, JsonValue key) throws BuiltinException {
    if (key instanceof JsonNumber n) {
      if (!Numbers.isSmall(n)) {
        throw BuiltinException.of("invalid number type for indexing");
      }
      return bounded(n.longValue());
    }
    if (!(key instanceof JsonString s)) {
      throw BuiltinException.of("invalid type for indexing");
    }
    String text = s.value();
    if (text.equals("-")) {
      return array.size();
    }
    if (!text.matches("-?[0-9]{1,18}")) {
      throw BuiltinException.of("invalid string for indexing");
    }
    if (text.startsWith("0") && text.length() > 1) {
      throw BuiltinException.of("leading zeros are not allowed in JSON paths");
    }
    return bounded(Long.parseLong(text));
  }

  private static int bounded(long index) {
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, index));
  }
}
