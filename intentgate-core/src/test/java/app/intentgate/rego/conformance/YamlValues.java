package app.intentgate.rego.conformance;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML and JSON files into values: numbers keep their text, no YAML 1.1 booleans. */
final class YamlValues {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

  private YamlValues() {}

  static JsonValue read(Path file) throws IOException {
    if (String.valueOf(file.getFileName()).endsWith(".json")) {
      return JsonReader.parseRego(Files.readAllBytes(file));
    }
    return new Compose(SETTINGS)
        .composeString(Files.readString(file))
        .map(YamlValues::value)
        .orElse(JsonNull.NULL);
  }

  private static JsonValue value(Node node) {
    if (node instanceof MappingNode map) {
      JsonObject.Builder object = JsonObject.builder();
      for (NodeTuple member : map.getValue()) {
        object.put(((ScalarNode) member.getKeyNode()).getValue(), value(member.getValueNode()));
      }
      return object.build();
    }
    if (node instanceof SequenceNode sequence) {
      List<JsonValue> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(value(item)));
      return JsonArray.copyOf(items);
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.isPlain() ? plain(scalar.getValue()) : JsonString.of(scalar.getValue());
  }

  private static JsonValue plain(String text) {
    return switch (text) {
      case "", "~", "null" -> JsonNull.NULL;
      case "true", "True" -> JsonValue.of(true);
      case "false", "False" -> JsonValue.of(false);
      default -> NUMBER.matcher(text).matches() ? JsonNumber.parse(text) : JsonString.of(text);
    };
  }
}
