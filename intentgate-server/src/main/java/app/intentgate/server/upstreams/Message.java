package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.HeaderCheck;
import app.intentgate.server.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the servers.
 *
 * @param request the request that carries it
 * @param body what it says
 * @param session the sessions it belongs to, or null
 */
record Message(UpstreamRequest request, JsonObject body, @Nullable SessionMap session) {
  String method() {
    return body.get("method") instanceof JsonString method ? method.value() : "";
  }

  @Nullable JsonValue id() {
    return body.get("id");
  }

  boolean isRequest() {
    return request.id() != null;
  }

  JsonObject params() {
    return body.get("params") instanceof JsonObject params ? params : JsonObject.EMPTY;
  }

  /** A text among the params; empty when there is none. */
  String param(String name) {
    return params().get(name) instanceof JsonString text ? text.value() : "";
  }

  boolean isModern() {
    return HeaderCheck.version(params()) != null;
  }

  /** The message with other params. */
  byte[] with(JsonObject params) {
    return bytes(body.toBuilder().put("params", params).build());
  }

  /** A result of ours for it. */
  byte[] result(JsonObject result) {
    return bytes(
        JsonObject.builder(3)
            .put("jsonrpc", "2.0")
            .put("id", request.id() == null ? JsonString.of("") : request.id())
            .put("result", result)
            .build());
  }

  /** An error of ours for it. */
  byte[] error(int code, String text) {
    return bytes(
        JsonObject.builder(3)
            .put("jsonrpc", "2.0")
            .put("id", request.id() == null ? JsonString.of("") : request.id())
            .put("error", JsonObject.builder(2).put("code", code).put("message", text).build())
            .build());
  }

  static byte[] bytes(JsonValue value) {
    return JsonOutput.htmlSafe().value(value).toByteArray();
  }
}
