package app.intentgate.server.rpc;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Writes JSON-RPC answers: members in the contract's order, HTML-safe, ended by a line feed. */
final class RpcAnswer {
  private static final byte[] LINE_FEED = {'\n'};
  private static final String STUB_TEXT =
      "stub: no upstream configured; gateway authorized this call";

  private RpcAnswer() {}

  /** An error; without data when that is null. */
  static byte[] error(RequestId id, int code, String message, @Nullable JsonValue data) {
    JsonOutput out = start(id);
    out.name("error").beginObject().name("code").number(code).name("message").string(message);
    if (data != null) {
      out.name("data").value(data);
    }
    return end(out.endObject());
  }

  /** An error without data. */
  static byte[] error(RequestId id, int code, String message) {
    return error(id, code, message, (JsonValue) null);
  }

  /** An error with a text as its data. */
  static byte[] error(RequestId id, int code, String message, String data) {
    return error(id, code, message, JsonString.of(data));
  }

  /** A result as it is. */
  static byte[] result(RequestId id, JsonValue result) {
    return end(start(id).name("result").value(result));
  }

  /** An error that another server gave, with the caller's id. */
  static byte[] relayedError(RequestId id, JsonValue error) {
    return end(start(id).name("error").value(error));
  }

  /** The result of an allowed call where there is no upstream. */
  static byte[] stub(RequestId id, boolean modern, long latencyMs) {
    JsonOutput out = start(id).name("result").beginObject().name("content").beginArray();
    out.beginObject().name("type").string("text").name("text").string(STUB_TEXT).endObject();
    out.endArray().name("isError").bool(false);
    if (modern) {
      out.name("resultType").string("complete");
    }
    out.name("_intentgate");
    decision(out, "stub: no upstream configured", latencyMs);
    return end(out.endObject());
  }

  /** A forwarded result with what the gate says of it, members sorted; other values as they are. */
  static byte[] forwarded(RequestId id, JsonValue result, long latencyMs) {
    if (!(result instanceof JsonObject object)) {
      return result(id, result);
    }
    JsonOutput out = start(id).name("result").beginObject();
    boolean written = false;
    for (int rank = 0; rank < object.size(); rank++) {
      int at = object.sortedPosition(rank);
      String name = object.nameAt(at);
      if (!written && name.compareTo("_intentgate") >= 0) {
        decision(out.name("_intentgate"), "forwarded", latencyMs);
        written = true;
      }
      if (!name.equals("_intentgate")) {
        out.name(name).value(object.valueAt(at));
      }
    }
    if (!written) {
      decision(out.name("_intentgate"), "forwarded", latencyMs);
    }
    return end(out.endObject());
  }

  private static void decision(JsonOutput out, String reason, long latencyMs) {
    out.beginObject().name("decision").string("allow").name("reason").string(reason);
    out.name("latency_ms").number(latencyMs).endObject();
  }

  static JsonOutput start(RequestId id) {
    JsonOutput out = JsonOutput.htmlSafe().beginObject().name("jsonrpc").string("2.0").name("id");
    id.write(out);
    return out;
  }

  static byte[] end(JsonOutput out) {
    return out.endObject().raw(LINE_FEED).toByteArray();
  }
}
