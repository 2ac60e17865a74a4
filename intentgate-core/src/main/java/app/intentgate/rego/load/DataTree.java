package app.intentgate.rego.load;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Documents of many files, put together member by member. Not thread-safe. */
final class DataTree {
  /** A member is a value that came whole, or a tree once a second file has added to it. */
  private final Map<JsonValue, Object> members = new LinkedHashMap<>();

  /** Adds members; false when one is there already and is not an object in both. */
  boolean add(JsonObject more) {
    for (int i = 0; i < more.size(); i++) {
      JsonValue key = more.keyAt(i);
      Object here = members.putIfAbsent(key, more.valueAt(i));
      if (here != null
          && !(more.valueAt(i) instanceof JsonObject below && addTo(key, here, below))) {
        return false;
      }
    }
    return true;
  }

  private boolean addTo(JsonValue key, Object here, JsonObject more) {
    if (here instanceof DataTree tree) {
      return tree.add(more);
    }
    if (here instanceof JsonObject whole) {
      DataTree tree = new DataTree();
      tree.add(whole);
      members.put(key, tree);
      return tree.add(more);
    }
    return false;
  }

  /** All of it. */
  JsonObject toObject() {
    JsonObject.Builder all = JsonObject.builder(members.size());
    members.forEach(
        (key, member) ->
            all.put(key, member instanceof DataTree tree ? tree.toObject() : (JsonValue) member));
    return all.build();
  }
}
