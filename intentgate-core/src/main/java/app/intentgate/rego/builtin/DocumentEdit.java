package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document that is changed at places that paths of keys name. Values on the way are copied. */
final class DocumentEdit {
  /** A path that leads nowhere. */
  static final class NoSuchPlace extends Exception {
    private static final long serialVersionUID = 1L;

    NoSuchPlace() {
      super("no such place", null, false, false);
    }
  }

  private final BuiltinContext context;
  private @Nullable JsonValue root;

  DocumentEdit(BuiltinContext context, JsonValue root) {
    this.context = context;
    this.root = root;
  }

  /** The document now; null when it was removed. */
  @Nullable JsonValue value() {
    return root;
  }

  JsonValue get(List<JsonValue> path) throws NoSuchPlace {
    JsonValue at = existing(root);
    for (JsonValue key : path) {
      at = child(at, key);
    }
    return at;
  }

  void add(List<JsonValue> path, JsonValue value) throws NoSuchPlace {
    root = path.isEmpty() ? value : changed(existing(root), path, 0, value);
  }

  void remove(List<JsonValue> path) throws NoSuchPlace {
    JsonValue document = existing(root);
    root = path.isEmpty() ? null : changed(document, path, 0, null);
  }

  private static JsonValue existing(@Nullable JsonValue value) throws NoSuchPlace {
    if (value == null) {
      throw new NoSuchPlace();
    }
    return value;
  }

  private static JsonValue child(JsonValue parent, JsonValue key) throws NoSuchPlace {
    JsonValue lookup = parent instanceof JsonArray a ? JsonNumber.of(index(a, key)) : key;
    return existing(ObjectFunctions.child(parent, lookup));
  }

  /** The value with another one put at the end of a path, or with what is there taken out. */
  private JsonValue changed(
      JsonValue parent, List<JsonValue> path, int depth, @Nullable JsonValue value)
      throws NoSuchPlace {
    JsonValue key = path.get(depth);
    boolean last = depth == path.size() - 1;
    JsonValue put = last ? value : changed(child(parent, key), path, depth + 1, value);
    if (last && put == null) {
      child(parent, key);
    }
    if (parent instanceof JsonObject object) {
      return inObject(object, key, put);
    } else if (parent instanceof JsonArray array) {
      return inArray(array, index(array, key), put, last && put != null);
    } else if (parent instanceof JsonSet set) {
      if (last && put != null && !put.equals(key)) {
        throw new NoSuchPlace();
      }
      return inSet(set, key, put);
    }
    throw new NoSuchPlace();
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
      throws NoSuchPlace {
    if (index < 0 || index > array.size()) {
      throw new NoSuchPlace();
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
  private static int index(JsonArray array, JsonValue key) throws NoSuchPlace {
    if (key instanceof JsonNumber n && Numbers.isSmall(n)) {
      return bounded(n.longValue());
    }
    if (key instanceof JsonString s) {
      String text = s.value();
      if (text.equals("-")) {
        return array.size();
      }
      if (text.equals("0") || text.matches("[1-9][0-9]{0,9}")) {
        return bounded(Long.parseLong(text));
      }
    }
    throw new NoSuchPlace();
  }

  private static int bounded(long index) throws NoSuchPlace {
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw new NoSuchPlace();
    }
    return (int) index;
  }
}
