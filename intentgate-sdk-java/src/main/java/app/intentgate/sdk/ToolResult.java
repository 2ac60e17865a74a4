package app.intentgate.sdk;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an allowed call gave. Nothing that came is lost: {@link #json} is the whole of it.
 *
 * @param json the result as it came
 * @param content its pieces
 * @param structured its structured content, or null
 * @param isError whether the tool itself says that it failed; a refused call is never a result
 * @param meta its {@code _meta}; empty when there was none
 * @param verdict what the gate says of the call
 */
public record ToolResult(
    JsonValue json,
    List<ToolContent> content,
    @Nullable JsonValue structured,
    boolean isError,
    JsonObject meta,
    Verdict verdict) {

  /** Copies the pieces. */
  public ToolResult {
    content = List.copyOf(content);
  }

  /**
   * What a gate says of a call it allowed.
   *
   * @param callId the id all its audit events share; empty when the gate did not say
   * @param decision {@code allow}
   * @param reason why, may be empty
   * @param latencyMs how long it took at the gate, the tool included, in milliseconds
   */
  public record Verdict(String callId, String decision, String reason, long latencyMs) {}

  /** Reads a result. */
  static ToolResult of(JsonValue json, String callId) {
    if (!(json instanceof JsonObject object)) {
      return new ToolResult(
          json, List.of(), null, false, JsonObject.EMPTY, new Verdict(callId, "allow", "", 0));
    }
    List<ToolContent> pieces = new ArrayList<>();
    if (object.get("content") instanceof JsonArray array) {
      for (JsonValue piece : array) {
        pieces.add(
            piece instanceof JsonObject o
                ? ToolContent.of(o)
                : new ToolContent.Other(JsonObject.of("value", piece)));
      }
    }
    return new ToolResult(
        json,
        pieces,
        object.get("structuredContent"),
        object.get("isError") == JsonBoolean.TRUE,
        object.get("_meta") instanceof JsonObject meta ? meta : JsonObject.EMPTY,
        verdict(object.get("_intentgate"), callId));
  }

  private static Verdict verdict(@Nullable JsonValue said, String callId) {
    if (!(said instanceof JsonObject o)) {
      return new Verdict(callId, "allow", "", 0);
    }
    return new Verdict(
        callId,
        Json.text(o, "decision", "allow"),
        Json.text(o, "reason", ""),
        o.get("latency_ms") instanceof JsonNumber n && n.fitsLong() ? n.longValue() : 0);
  }

  /** All texts among the pieces, a line each. */
  public String text() {
    return content.stream()
        .filter(ToolContent.Text.class::isInstance)
        .map(piece -> ((ToolContent.Text) piece).text())
        .collect(Collectors.joining("\n"));
  }

  /** What a model should read: the texts, else the structured content, else all of it. */
  public String forModel() {
    if (content.stream().anyMatch(ToolContent.Text.class::isInstance)) {
      return text();
    }
    return JsonWriter.toText(structured != null ? structured : json);
  }

  /** The call's id. */
  public String callId() {
    return verdict.callId();
  }
}
