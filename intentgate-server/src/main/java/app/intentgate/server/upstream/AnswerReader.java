package app.intentgate.server.upstream;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of an answer as a JSON-RPC response. The id and {@code jsonrpc} in it do not
 * matter: the caller's are used (B4).
 */
public final class AnswerReader {
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH);

  private static final Pattern SESSION = Pattern.compile("(?i)session|not initialized");

  private AnswerReader() {}

  /**
   * A complete body.
   *
   * @param result what it says
   * @param document it as JSON; null when it is none
   */
  public record Answer(UpstreamResult result, @Nullable JsonValue document) {
    /** Whether it is a response of that very id, to be handed on as it is. */
    public boolean isFor(JsonValue id) {
      return document instanceof JsonObject response
          && id.equals(response.get("id"))
          && response.get("jsonrpc") instanceof JsonString version
          && version.value().equals("2.0");
    }
  }

  /** What a complete body with this status says. */
  public static UpstreamResult read(int status, byte[] body) {
    return answer(status, body).result();
  }

  /** A complete body with this status. */
  public static Answer answer(int status, byte[] body) {
    JsonValue document;
    try {
      document = JsonReader.parse(body, LIMITS);
    } catch (JsonParseException e) {
      return new Answer(
          status >= 400
              ? httpError(status, body)
              : new UpstreamResult.Unusable(
                  status, body.length, "the answer is not JSON: " + where(e)),
          null);
    }
    UpstreamResult read = message(status, body.length, document);
    boolean relayed = status < 400 || status < 500 && read instanceof UpstreamResult.RpcError;
    return new Answer(relayed ? read : httpError(status, body), document);
  }

  private static UpstreamResult httpError(int status, byte[] body) {
    int length = Math.min(body.length, 2_000);
    return new UpstreamResult.HttpError(
        status,
        status == 400 && speaksOfSession(new String(body, 0, length, StandardCharsets.UTF_8)));
  }

  static boolean speaksOfSession(String text) {
    return SESSION.matcher(text).find();
  }

  /** What a JSON document says as a response. */
  public static UpstreamResult message(int status, long bytes, JsonValue document) {
    if (!(document instanceof JsonObject response)) {
      return new UpstreamResult.Unusable(status, bytes, "the answer is no JSON-RPC response");
    }
    JsonValue error = response.get("error");
    if (error != null && !(error instanceof JsonNull)) {
      JsonValue reduced = reduced(error);
      return reduced == null
          ? new UpstreamResult.Unusable(status, bytes, "the answer's error is no JSON-RPC error")
          : new UpstreamResult.RpcError(status, bytes, reduced);
    }
    JsonValue result = response.get("result");
    if (result == null) {
      return new UpstreamResult.Unusable(
          status, bytes, "the answer has neither a result nor an error");
    }
    if (status >= 300) {
      return new UpstreamResult.Unusable(status, bytes, "the answer is a redirect");
    }
    return new UpstreamResult.Result(status, bytes, result);
  }

  /** Code, message and data of an error; null when it has no whole-number code or no message. */
  private static @Nullable JsonValue reduced(JsonValue error) {
    if (!(error instanceof JsonObject object)
        || !(object.get("code") instanceof JsonNumber code)
        || !code.isInteger()
        || !(object.get("message") instanceof JsonString message)) {
      return null;
    }
    JsonObject.Builder out = JsonObject.builder(3).put("code", code).put("message", message);
    JsonValue data = object.get("data");
    if (data != null) {
      out.put("data", data);
    }
    return out.build();
  }

  private static String where(JsonParseException e) {
    return e.problem() + " at line " + e.line() + ", column " + e.column();
  }
}
