package app.intentgate.sdk;

import app.intentgate.json.JsonObject;

/**
 * A tool that can be called.
 *
 * @param name its name
 * @param description what it does, for a model; may be empty
 * @param inputSchema the JSON schema of its arguments; empty when it has none
 * @param json the description as it came
 */
public record ToolDescription(
    String name, String description, JsonObject inputSchema, JsonObject json) {
  /** A tool with a name, a description and the schema of its arguments. */
  public static ToolDescription of(String name, String description, JsonObject inputSchema) {
    return of(
        JsonObject.builder(3)
            .put("name", name)
            .put("description", description)
            .put("inputSchema", inputSchema)
            .build());
  }

  /** Reads one member of {@code tools}. */
  static ToolDescription of(JsonObject json) {
    return new ToolDescription(
        Json.text(json, "name", ""),
        Json.text(json, "description", ""),
        json.get("inputSchema") instanceof JsonObject schema ? schema : JsonObject.EMPTY,
        json);
  }
}
