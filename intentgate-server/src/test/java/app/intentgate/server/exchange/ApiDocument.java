package app.intentgate.server.exchange;

import app.intentgate.server.exchange.OpenApi.Operation;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The OpenAPI document for people: {@code docs/api.md}. */
final class ApiDocument {
  private final StringBuilder out = new StringBuilder();

  /** The whole page. */
  static String text() {
    ApiDocument document = new ApiDocument();
    document.write();
    return document.out.toString();
  }

  private void write() {
    line("# API");
    line("");
    line(
        "Every route, what it takes and what it answers. This page is made from the document that");
    line(
        "the gate serves at `/openapi.json`; a test says when it is not up to date, and rewrites"
            + " it");
    line("with `-Dintentgate.write=true`.");
    line("");
    line(OpenApi.document().at("/info/description").asText());
    for (JsonNode tag : OpenApi.document().get("tags")) {
      line("");
      line("## " + tag.get("name").asText());
      line("");
      line(tag.get("description").asText());
      for (Operation operation : OpenApi.operations()) {
        if (operation.json().at("/tags/0").equals(tag.get("name"))) {
          operation(operation);
        }
      }
    }
    line("");
    line("## Objects");
    for (Map.Entry<String, JsonNode> schema :
        OpenApi.document().at("/components/schemas").properties()) {
      line("");
      line("### " + schema.getKey());
      object(schema.getValue());
    }
  }

  private void operation(Operation operation) {
    JsonNode json = operation.json();
    line("");
    line("### `" + operation.name() + "`");
    line("");
    String role = json.path("x-intentgate-role").asText("");
    String who = role.isEmpty() ? "" : " Role: " + role;
    String scope = json.path("x-intentgate-all-tenants").asBoolean() ? ", of all tenants" : "";
    line(json.get("summary").asText() + who + scope + (role.isEmpty() ? "" : "."));
    parameters(json.path("parameters"));
    JsonNode body = json.path("requestBody");
    if (!body.isMissingNode()) {
      line("");
      line(
          "Body"
              + (body.get("required").asBoolean() ? "" : ", may be missing")
              + ": "
              + content(body.get("content"))
              + ".");
    }
    line("");
    line("| status | | body |");
    line("|---|---|---|");
    for (Map.Entry<String, JsonNode> response : json.get("responses").properties()) {
      JsonNode resolved = OpenApi.resolve(response.getValue());
      row(
          response.getKey(),
          resolved.get("description").asText(),
          content(resolved.path("content")));
    }
  }

  private void parameters(JsonNode parameters) {
    if (parameters.isEmpty()) {
      return;
    }
    line("");
    line("| parameter | in | | |");
    line("|---|---|---|---|");
    for (JsonNode each : parameters) {
      JsonNode parameter = OpenApi.resolve(each);
      row(
          "`" + parameter.get("name").asText() + "`",
          parameter.get("in").asText(),
          type(parameter.get("schema")),
          parameter.path("description").asText(""));
    }
  }

  private static String content(JsonNode content) {
    List<String> out = new ArrayList<>();
    for (Map.Entry<String, JsonNode> type : content.properties()) {
      String shape = type(type.getValue().get("schema"));
      boolean json = type.getKey().equals("application/json");
      out.add(
          json ? shape : "`" + type.getKey() + "`" + (shape.equals("string") ? "" : " " + shape));
    }
    return String.join(" or ", out);
  }

  private void object(JsonNode schema) {
    String about = schema.path("description").asText("");
    line("");
    if (!about.isEmpty()) {
      line(about);
      line("");
    }
    JsonNode properties = schema.path("properties");
    if (properties.isMissingNode()) {
      line(type(schema));
      return;
    }
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    line("| member | | | |");
    line("|---|---|---|---|");
    for (Map.Entry<String, JsonNode> member : properties.properties()) {
      row(
          "`" + member.getKey() + "`",
          type(member.getValue()),
          required.contains(member.getKey()) ? "required" : "",
          member.getValue().path("description").asText(""));
    }
  }

  /** A schema in a few words. */
  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").asText().replaceAll(".*/", "");
      return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
    }
    if (schema.has("const")) {
      return "`" + schema.get("const").asText() + "`";
    }
    if (schema.has("enum")) {
      List<String> words = new ArrayList<>();
      schema.get("enum").forEach(word -> words.add("`" + word.asText() + "`"));
      return String.join(", ", words);
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice)) {
        List<String> each = new ArrayList<>();
        schema.get(choice).forEach(one -> each.add(type(one)));
        return String.join(" or ", each);
      }
    }
    JsonNode types = schema.path("type");
    String type = types.isArray() ? types.get(0).asText() : types.asText("any value");
    return switch (type) {
      case "array" -> "list of " + type(schema.get("items"));
      case "object" -> members(schema);
      case "integer" -> "integer" + range(schema);
      case "string" -> schema.path("format").asText("").equals("date-time") ? "time" : "string";
      default -> type;
    };
  }

  private static String members(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(name -> names.add("`" + name + "`"));
    return names.isEmpty() ? "object" : "{" + String.join(", ", names) + "}";
  }

  private static String range(JsonNode schema) {
    if (!schema.has("minimum")) {
      return "";
    }
    return schema.has("maximum")
        ? ", " + schema.get("minimum").asText() + " to " + schema.get("maximum").asText()
        : ", from " + schema.get("minimum").asText();
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
