package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names a scenario writes as {@code ${name}}, and what they stand for. */
final class Variables {
  private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z0-9_.:-]+)}");

  private final Map<String, String> values = new HashMap<>();

  void put(String name, String value) {
    values.put(name, value);
  }

  String in(String text) {
    Matcher m = NAME.matcher(text);
    return m.replaceAll(r -> Matcher.quoteReplacement(values.getOrDefault(r.group(1), r.group())));
  }

  JsonNode in(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(in(node.asText()));
    }
    if (node instanceof ObjectNode) {
      ObjectNode out = Vectors.JSON.createObjectNode();
      node.properties().forEach(e -> out.set(in(e.getKey()), in(e.getValue())));
      return out;
    }
    if (node instanceof ArrayNode) {
      ArrayNode out = Vectors.JSON.createArrayNode();
      node.forEach(e -> out.add(in(e)));
      return out;
    }
    return node;
  }
}
