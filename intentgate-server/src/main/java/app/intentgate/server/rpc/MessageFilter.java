package app.intentgate.server.rpc;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.AnswerReader;
import app.intentgate.server.upstream.StreamEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What of an event stream the client sees: everything as it came, except that answers to requests
 * that were checked pass through these, and answers to requests that nobody made are dropped (mcp
 * T6, L9). Not thread-safe.
 */
final class MessageFilter {
  private static final byte[] NOTHING = {};
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH);

  private final @Nullable Awaited own;
  private final @Nullable SessionState session;
  private final boolean modern;
  private final Consumer<String> dropped;
  private boolean answered;
  private boolean violated;

  /**
   * A filter.
   *
   * @param own the request that the stream is the answer to, or null
   * @param session where other requests wait whose answers may come here, or null
   * @param modern whether the stream may carry no requests of the server (mcp M11)
   * @param dropped told why a message was not handed on
   */
  MessageFilter(
      @Nullable Awaited own,
      @Nullable SessionState session,
      boolean modern,
      Consumer<String> dropped) {
    this.own = own;
    this.session = session;
    this.modern = modern;
    this.dropped = dropped;
  }

  /** Whether the stream's own request was answered. */
  boolean answered() {
    return answered;
  }

  /** Whether the server broke the protocol so that its stream has to end. */
  boolean violated() {
    return violated;
  }

  /** What the client gets of an event; may be nothing. */
  byte[] apply(StreamEvent event) {
    byte[] data = event.data();
    if (data == null) {
      return event.raw();
    }
    JsonValue value;
    try {
      value = JsonReader.parse(data, LIMITS);
    } catch (JsonParseException e) {
      return drop("an event that is no JSON");
    }
    if (!(value instanceof JsonObject message)) {
      return drop("an event that is no JSON-RPC message");
    }
    boolean response = message.get("result") != null || message.get("error") != null;
    JsonValue id = message.get("id");
    if (message.get("method") == null) {
      return answer(event, data, message, id);
    }
    if (response) {
      return drop("a message that is request and response at once");
    }
    if (id != null) {
      if (modern) {
        violated = true;
        return drop("a request of the server in the stateless era");
      }
      if (session != null) {
        session.asked(id);
      }
    }
    return event.raw();
  }

  private byte[] answer(
      StreamEvent event, byte[] data, JsonObject message, @Nullable JsonValue id) {
    Awaited awaited = null;
    if (own != null && !answered && own.rpcId().equals(id)) {
      awaited = own;
      answered = true;
    } else if (session != null && id != null) {
      awaited = session.unpark(id);
    }
    if (awaited == null) {
      return drop("a response to a request that does not wait for one");
    }
    byte[] changed = awaited.answered(AnswerReader.message(200, data.length, message));
    return changed == null ? event.raw() : event.withData(changed);
  }

  private byte[] drop(String why) {
    dropped.accept(why);
    return NOTHING;
  }
}
