package app.intentgate.server.stdio;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.HeaderCheck;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge has to know of a JSON-RPC message.
 *
 * @param object the message
 */
record Rpc(JsonObject object) {
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH);

  /** A message; null when the bytes are none. */
  static @Nullable Rpc read(byte[] json) {
    try {
      return JsonReader.parse(json, LIMITS) instanceof JsonObject object ? new Rpc(object) : null;
    } catch (JsonParseException e) {
      return null;
    }
  }

  /** The method; empty for a response. */
  String method() {
    return object.get("method") instanceof JsonString text ? text.value() : "";
  }

  /** The id, or null when there is none. */
  @Nullable JsonValue id() {
    JsonValue id = object.get("id");
    return id instanceof JsonNull ? null : id;
  }

  boolean isRequest() {
    return !method().isEmpty() && id() != null;
  }

  boolean isResponse() {
    return method().isEmpty() && (object.get("result") != null || object.get("error") != null);
  }

  @Nullable JsonObject params() {
    return object.get("params") instanceof JsonObject params ? params : null;
  }

  /** The protocol version that a message of the stateless era names, or null. */
  @Nullable String statelessVersion() {
    return HeaderCheck.version(params());
  }

  /** A member of {@code params._meta}, or null. */
  @Nullable JsonValue meta(String name) {
    JsonObject params = params();
    return params != null && params.get("_meta") instanceof JsonObject meta ? meta.get(name) : null;
  }

  /** An error that answers a request. */
  static byte[] error(@Nullable JsonValue id, int code, String message) {
    JsonOutput out = JsonOutput.plain().beginObject().name("jsonrpc").string("2.0").name("id");
    out.value(id == null ? JsonNull.NULL : id).name("error").beginObject();
    out.name("code").number(code).name("message").string(message);
    return out.endObject().endObject().toByteArray();
  }
}
