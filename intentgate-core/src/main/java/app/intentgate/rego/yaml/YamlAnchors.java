package app.intentgate.rego.yaml;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.HashMap;
import java.util.Map;

/**
 * Values that have names in a document, and the places that stand for them. What aliases would
 * write out is bounded, since a few lines can stand for billions.
 */
final class YamlAnchors {
  private static final long MAX_EXPANDED = 100_000;

  private final YamlText in;
  private final Map<String, JsonValue> values = new HashMap<>();
  private long expanded;

  YamlAnchors(YamlText in) {
    this.in = in;
  }

  /** Reads a name and the sign before it. */
  String name() {
    in.advance();
    int from = in.at;
    while (!in.atEnd() && !YamlText.isSpace(in.current()) && ",[]{}".indexOf(in.current()) < 0) {
      in.advance();
    }
    String name = in.since(from);
    if (name.isEmpty()) {
      throw in.problem("did not find expected alphabetic or numeric character");
    }
    return name;
  }

  void put(String name, JsonValue value) {
    values.put(name, value);
  }

  /** Reads an alias: the value it stands for. */
  JsonValue alias() {
    String name = name();
    JsonValue value = values.get(name);
    if (value == null) {
      throw in.problem("unknown anchor '" + name + "' referenced");
    }
    expanded += size(value);
    if (expanded > MAX_EXPANDED) {
      throw in.problem("document contains excessive aliasing");
    }
    return value;
  }

  private static long size(JsonValue value) {
    long size = 1;
    if (value instanceof JsonArray array) {
      for (JsonValue item : array) {
        size += size(item);
      }
    } else if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        size += size(object.valueAt(i));
      }
    }
    return size;
  }
}
