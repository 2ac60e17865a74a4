package app.intentgate.sdk;

import app.intentgate.Decision;
import app.intentgate.json.JavaValues;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;

/** A tool of this program, and how it describes itself. */
record LocalTool(ToolDescription description, ToolHandler handler) {
  /** Runs it, and writes what it gave as a tool server would. */
  ToolResult run(JsonObject arguments, Decision.Allow decision, long start) throws Exception {
    Object given = handler.run(arguments);
    if (given instanceof ToolResult result) {
      return result;
    }
    JsonObject verdict =
        JsonObject.builder(3)
            .put("decision", "allow")
            .put("reason", decision.reason())
            .put("latency_ms", (System.nanoTime() - start) / 1_000_000)
            .build();
    JsonObject.Builder result = JsonObject.builder(4);
    JsonValue value = given == null ? JsonObject.EMPTY : JavaValues.of(given);
    String text = value.asText() != null ? value.asText() : JsonWriter.toText(value);
    result.put(
        "content",
        JsonArray.of(JsonObject.of("type", JsonValue.of("text"), "text", JsonValue.of(text))));
    if (value instanceof JsonObject) {
      result.put("structuredContent", value);
    }
    return ToolResult.of(
        result.put("isError", false).put("_intentgate", verdict).build(), decision.callId());
  }
}
