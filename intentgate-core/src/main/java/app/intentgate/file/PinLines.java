package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.pin.PinStatus;
import app.intentgate.pin.ToolDefinition;
import app.intentgate.pin.ToolPin;

/** What the pin of a tool looks like in a state file. */
final class PinLines {
  static final String PIN = "pin";

  private PinLines() {}

  static JsonObject of(ToolPin pin) {
    JsonObject.Builder line =
        JsonObject.builder(9)
            .put("t", PIN)
            .put("upstream", pin.upstream())
            .put("tool", pin.tool())
            .put("sha256", pin.seen().sha256())
            .put("text", pin.seen().text())
            .put("status", pin.status().wireName())
            .put("first_seen", pin.firstSeen().toString());
    ToolDefinition accepted = pin.accepted();
    if (accepted != null) {
      line.put("accepted_sha256", accepted.sha256());
      if (!accepted.equals(pin.seen())) {
        line.put("accepted_text", accepted.text());
      }
    }
    return line.build();
  }

  static ToolPin pin(JsonObject line) {
    ToolDefinition seen =
        new ToolDefinition(StateLines.text(line, "sha256"), StateLines.text(line, "text"));
    ToolDefinition accepted = null;
    if (line.get("accepted_sha256") != null) {
      accepted =
          new ToolDefinition(
              StateLines.text(line, "accepted_sha256"),
              line.get("accepted_text") == null
                  ? seen.text()
                  : StateLines.text(line, "accepted_text"));
    }
    return new ToolPin(
        StateLines.text(line, "upstream"),
        StateLines.text(line, "tool"),
        seen,
        accepted,
        PinStatus.of(StateLines.text(line, "status")),
        StateLines.time(line, "first_seen"));
  }
}
