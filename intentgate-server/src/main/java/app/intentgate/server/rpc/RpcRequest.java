package app.intentgate.server.rpc;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC request that follows the rules of the envelope.
 *
 * @param id the caller's id, or null for a notification; {@code "id":null} is a request
 * @param method the method; never empty
 * @param params the params, or null when there are none
 */
record RpcRequest(@Nullable JsonValue id, String method, @Nullable JsonValue params) {
  /** Whether nobody waits for an answer. */
  boolean isNotification() {
    return id == null;
  }

  /**
   * Reads an envelope: exact member names, no member that a careless reader would take for a known
   * one (B1).
   *
   * @param document what the body holds
   * @throws RpcProblem when it breaks a rule
   */
  static RpcRequest of(JsonValue document) {
    if (document instanceof JsonNull) {
      throw RpcProblem.of(-32600, "\"jsonrpc\" field must be \"2.0\"");
    }
    if (!(document instanceof JsonObject envelope)) {
      String what = document instanceof JsonArray ? "an array" : "no object";
      throw RpcProblem.of(
          -32700, "invalid JSON", "the body is " + what + ", expected one JSON-RPC object");
    }
    JsonValue id = envelope.get("id");
    KnownNames.ENVELOPE.check(envelope, id);
    if (!(envelope.get("jsonrpc") instanceof JsonString version)
        || !version.value().equals("2.0")) {
      throw RpcProblem.of(-32600, "\"jsonrpc\" field must be \"2.0\"").about(id);
    }
    JsonValue method = envelope.get("method");
    if (method == null || method instanceof JsonNull) {
      throw RpcProblem.of(-32600, "\"method\" field is required").about(id);
    }
    if (!(method instanceof JsonString name)) {
      throw RpcProblem.of(-32600, "\"method\" field must be a string").about(id);
    }
    if (name.value().isEmpty()) {
      throw RpcProblem.of(-32600, "\"method\" field is required").about(id);
    }
    JsonValue params = envelope.get("params");
    if (params instanceof JsonObject object) {
      KnownNames.PARAMS.check(object, id);
    }
    return new RpcRequest(id, name.value(), params);
  }

  /** The request as it is forwarded: nothing but what was judged, in one spelling (B1, B3). */
  byte[] toBytes() {
    JsonOutput out = JsonOutput.htmlSafe().beginObject().name("jsonrpc").string("2.0");
    if (id != null) {
      out.name("id").value(id);
    }
    out.name("method").string(method);
    if (params != null) {
      out.name("params").value(params);
    }
    return out.endObject().toByteArray();
  }
}
