package app.intentgate.file;

import app.intentgate.audit.EventJson;
import app.intentgate.json.JsonObject;
import app.intentgate.opencall.OpenCall;
import java.nio.charset.StandardCharsets;

/** What open calls look like in a state file: a line when one is kept, another when it is taken. */
final class OpenCallLines {
  static final String OPEN = "open_call";
  static final String TAKEN = "open_call_taken";

  private OpenCallLines() {}

  static JsonObject of(OpenCall call) {
    return line(OPEN, call.key())
        .put("call_id", call.callId())
        .put("tool", call.tool())
        .put("since", call.since().toString())
        .put("event", new String(EventJson.bytes(call.event()), StandardCharsets.UTF_8))
        .build();
  }

  static JsonObject taken(OpenCall.Key key) {
    return line(TAKEN, key).build();
  }

  private static JsonObject.Builder line(String type, OpenCall.Key key) {
    return JsonObject.builder(9)
        .put("t", type)
        .put("tenant", key.session().tenant())
        .put("chain", key.session().chainId())
        .put("session", key.session().session())
        .put("rpc_id", key.rpcId());
  }

  static OpenCall.Key key(JsonObject line) {
    return new OpenCall.Key(
        new OpenCall.Session(
            StateLines.text(line, "tenant"),
            StateLines.text(line, "chain"),
            StateLines.text(line, "session")),
        StateLines.text(line, "rpc_id"));
  }

  static OpenCall call(JsonObject line) {
    return new OpenCall(
        key(line),
        StateLines.text(line, "call_id"),
        StateLines.text(line, "tool"),
        EventJson.read(StateLines.text(line, "event").getBytes(StandardCharsets.UTF_8)).event(),
        StateLines.time(line, "since"));
  }
}
