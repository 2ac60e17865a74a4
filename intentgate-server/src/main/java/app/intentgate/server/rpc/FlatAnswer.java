package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Writes the answers of the flat shape. */
final class FlatAnswer {
  private static final byte[] LINE_FEED = {'\n'};

  private FlatAnswer() {}

  /** A request that cannot be judged. */
  static byte[] problem(String error, String detail) {
    JsonOutput out = JsonOutput.htmlSafe().beginObject();
    return end(out.name("detail").string(detail).name("error").string(error));
  }

  /** A refused or waiting call. */
  static byte[] of(Decision decision, long latencyMs) {
    JsonOutput out;
    if (decision instanceof Decision.Deny deny) {
      out = start("block", decision.reason(), latencyMs);
      out.name("check").string(deny.refusal().code().check().wireName());
    } else {
      out = start("escalate", decision.reason(), latencyMs).name("check").string("policy");
    }
    out.name("code").number(decision.code()).name("call_id").string(decision.callId());
    if (decision instanceof Decision.Escalate escalate) {
      out.name("pending_id").string(escalate.pendingId());
    }
    return end(out);
  }

  /** An allowed call, with what its tool gave when there is one. */
  static byte[] allowed(
      Decision decision, String reason, long latencyMs, @Nullable JsonValue result) {
    JsonOutput out = start("allow", reason, latencyMs).name("call_id").string(decision.callId());
    if (result != null) {
      out.name("result").value(result);
    }
    return end(out);
  }

  /** An allowed call whose tool failed, or answered with an error. */
  static byte[] failed(Decision decision, int code, String message, JsonValue error, long latency) {
    JsonOutput out = start("allow", message, latency).name("check").string("upstream");
    out.name("code").number(code).name("call_id").string(decision.callId());
    return end(out.name("error").value(error));
  }

  private static JsonOutput start(String decision, String reason, long latencyMs) {
    return JsonOutput.htmlSafe()
        .beginObject()
        .name("decision")
        .string(decision)
        .name("reason")
        .string(reason)
        .name("latency_ms")
        .number(latencyMs);
  }

  private static byte[] end(JsonOutput out) {
    return out.endObject().raw(LINE_FEED).toByteArray();
  }
}
