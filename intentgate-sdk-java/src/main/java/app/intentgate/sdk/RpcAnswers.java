package app.intentgate.sdk;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.sdk.http.HttpAnswer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads answers: a result, or the exception that says why there is none. */
final class RpcAnswers {
  private static final int DEPTH = 500;
  private static final String DENIAL = "app.intentgate/denial";
  private static final String NO_GATE = "; is the URL that of a gate?";

  private final JsonLimits limits;

  RpcAnswers(int maxBytes) {
    this.limits = new JsonLimits(maxBytes, DEPTH);
  }

  /**
   * A result.
   *
   * @param value what the method gave
   * @param callId the id of the call's events, or empty
   */
  record Result(JsonValue value, String callId) {}

  /** Whether an event of a stream is the answer to a request; throws when it is no JSON. */
  boolean answers(byte[] event, JsonValue id, Consumer<JsonObject> notifications) {
    if (!(JsonReader.parse(event, limits) instanceof JsonObject message)) {
      return false;
    }
    if (message.get("method") != null) {
      if (message.get("id") == null) {
        notifications.accept(message);
      }
      return false;
    }
    return id.equals(message.get("id"));
  }

  /**
   * The result in an answer.
   *
   * @throws IntentGateException when it holds none
   */
  Result read(HttpAnswer answer, JsonValue id) {
    String callId = answer.header("X-IntentGate-Call-Id");
    JsonObject message = json(answer, callId);
    if (message == null || message.get("jsonrpc") == null) {
      throw status(answer, message, callId);
    }
    JsonValue answered = message.get("id");
    boolean other = answered != null && answered != JsonValue.ofNull() && !id.equals(answered);
    if (message.get("error") instanceof JsonObject error && !other) {
      throw error(answer, error, callId);
    }
    if (!id.equals(answered)) {
      throw protocol("the answer is to another request", true, callId);
    }
    JsonValue result = message.get("result");
    if (result == null) {
      throw protocol("the answer has neither result nor error", true, callId);
    }
    if (result instanceof JsonObject object
        && !answer.header("X-IntentGate-Decision").equals("allow")
        // A gate marks what it passes on; a tool server cannot keep it from that.
        && object.get("_intentgate") == null
        && object.get("isError") == JsonBoolean.TRUE
        && object.get("_meta") instanceof JsonObject meta
        && meta.get(DENIAL) instanceof JsonObject denial) {
      throw Denials.ofDenial(denial, ToolResult.of(object, callId).text());
    }
    return new Result(result, callId);
  }

  private @Nullable JsonObject json(HttpAnswer answer, String callId) {
    if (!answer.saysJson()) {
      return null;
    }
    try {
      return JsonReader.parse(answer.body(), limits) instanceof JsonObject o ? o : null;
    } catch (JsonParseException e) {
      if (answer.status() >= 300) {
        return null;
      }
      throw new ProtocolError(
          Failure.of("the answer is no JSON: " + e.getMessage(), true, e).about(callId));
    }
  }

  private static IntentGateException error(HttpAnswer answer, JsonObject error, String callId) {
    return Denials.ofError(
        answer.header("X-IntentGate-Decision"),
        answer.header("X-IntentGate-Check"),
        callId,
        Json.code(error.get("code")),
        Json.text(error, "message", "error without a message"),
        error.get("data"));
  }

  /** What an answer means that is no JSON-RPC. */
  private static IntentGateException status(
      HttpAnswer answer, @Nullable JsonObject body, String callId) {
    int status = answer.status();
    String said = body == null ? "" : Json.text(body, "error", "");
    String text = "HTTP " + status + (said.isEmpty() ? "" : ": " + said);
    Failure notRun =
        new Failure(0, text, said.isEmpty() ? text : said, "", callId, body, false, null);
    if (status == 401 || status == 403) {
      String challenge = said.isEmpty() ? answer.header("WWW-Authenticate") : said;
      return new CapabilityDenied(
          new Failure(-32010, text, challenge, "capability", callId, body, false, null));
    }
    Duration after = retryAfter(answer);
    if (status == 429) {
      return new GateUnavailable(notRun, after == null ? Duration.ofSeconds(1) : after);
    }
    if (status >= 500) {
      boolean refused = status == 503 && (after != null || said.startsWith("audit store"));
      return new GateUnavailable(
          refused ? notRun : new Failure(0, text, text, "", callId, body, true, null), after);
    }
    if (status >= 300) {
      return new ProtocolError(Failure.of(text + NO_GATE, false, null).about(callId));
    }
    String type = answer.header("content-type");
    return protocol(
        "the answer is " + (type.isEmpty() ? "of no type" : type) + ", not JSON-RPC" + NO_GATE,
        true,
        callId);
  }

  private static ProtocolError protocol(String message, boolean mayHaveRun, String callId) {
    return new ProtocolError(Failure.of(message, mayHaveRun, null).about(callId));
  }

  private static @Nullable Duration retryAfter(HttpAnswer answer) {
    String text = answer.header("Retry-After").strip();
    return text.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }
}
