package app.intentgate.sdk.langchain4j;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.sdk.ToolDescription;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes a tool as LangChain4j has it; the schema of each argument stays as it came. */
final class ToolSpecifications {
  private ToolSpecifications() {}

  static ToolSpecification of(ToolDescription tool) {
    JsonObject schema = tool.inputSchema();
    JsonObjectSchema.Builder parameters =
        JsonObjectSchema.builder()
            .addProperties(elements(schema, "properties"))
            .required(required(schema));
    if (schema.get("additionalProperties") instanceof JsonBoolean more) {
      parameters.additionalProperties(more.value());
    }
    Map<String, JsonSchemaElement> definitions = elements(schema, "$defs");
    if (!definitions.isEmpty()) {
      parameters.definitions(definitions);
    }
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(parameters.build())
        .build();
  }

  private static Map<String, JsonSchemaElement> elements(JsonObject schema, String name) {
    Map<String, JsonSchemaElement> elements = new LinkedHashMap<>();
    if (schema.get(name) instanceof JsonObject members) {
      for (int i = 0; i < members.size(); i++) {
        elements.put(members.nameAt(i), JsonRawSchema.from(schema(members.valueAt(i))));
      }
    }
    return elements;
  }

  /** An object: true and false are schemas too, and what is none of these says nothing. */
  private static String schema(JsonValue schema) {
    if (schema instanceof JsonObject) {
      return JsonWriter.toText(schema);
    }
    return schema == JsonBoolean.FALSE ? "{\"not\":{}}" : "{}";
  }

  private static List<String> required(JsonObject schema) {
    List<String> names = new ArrayList<>();
    if (schema.get("required") instanceof JsonArray array) {
      for (JsonValue name : array) {
        String text = name.asText();
        if (text != null) {
          names.add(text);
        }
      }
    }
    return names;
  }
}
