package app.intentgate.rego.yaml;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of one mapping, those that {@code <<} brings from others among them. In the YAML of
 * OPA's functions whatever stands later counts; in that of metadata, what the mapping says itself.
 */
final class YamlMembers {
  /** The key that merges, where it is not in quotes. */
  static final String MERGE = "<<";

  private final YamlText in;
  private final boolean inOrder;
  private final JsonObject.Builder object = JsonObject.builder();
  private final List<JsonObject> waiting = new ArrayList<>();

  YamlMembers(YamlText in, YamlWords words) {
    this.in = in;
    this.inOrder = words == YamlWords.V1_1;
  }

  /**
   * Adds a member.
   *
   * @param plain whether its key was written without quotes
   */
  void add(String name, boolean plain, JsonValue value) {
    if (!plain || !name.equals(MERGE)) {
      object.put(name, value);
      return;
    }
    List<JsonObject> sources = sources(value);
    if (!inOrder) {
      waiting.addAll(sources);
      return;
    }
    for (int i = sources.size() - 1; i >= 0; i--) {
      JsonObject source = sources.get(i);
      for (int m = 0; m < source.size(); m++) {
        object.put(source.keyAt(m), source.valueAt(m));
      }
    }
  }

  /** The mappings that are merged; the first of them counts. */
  private List<JsonObject> sources(JsonValue value) {
    List<JsonObject> sources = new ArrayList<>();
    for (JsonValue source : value instanceof JsonArray several ? several : JsonArray.of(value)) {
      if (!(source instanceof JsonObject mapping)) {
        throw in.problem("map merge requires map or sequence of maps as the value");
      }
      sources.add(mapping);
    }
    return sources;
  }

  JsonObject build() {
    for (JsonObject source : waiting) {
      for (int m = 0; m < source.size(); m++) {
        object.putIfAbsent(source.keyAt(m), source.valueAt(m));
      }
    }
    return object.build();
  }
}
