package app.intentgate.server.rpc;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.AnswerReader;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.store.Stages;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What of an event stream the client sees: everything as it came, except that answers to requests
 * that were checked pass through these, and answers to requests that nobody made are dropped (mcp
 * T6, L9). One event at a time; otherwise thread-safe.
 */
final class MessageFilter {
  private static final byte[] NONE = {};
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH);

  private final @Nullable Awaited own;
  private final @Nullable SessionState session;
  private final boolean modern;
  private final OpenCalls openCalls;
  private final Resumption.Taking others;
  private final Consumer<String> dropped;
  private @Nullable SessionState keptIn;
  private @Nullable CompletionStage<Void> kept;
  private boolean answered;
  private volatile boolean violated;

  /**
   * A filter.
   *
   * @param own the request that the stream is the answer to, or null
   * @param session where other requests wait whose answers may come here, or null
   * @param modern whether the stream may carry no requests of the server (mcp M11)
   * @param openCalls where requests wait whose stream ended
   * @param others where the requests come from that other streams' answers here belong to
   * @param dropped told why a message was not handed on
   */
  MessageFilter(
      @Nullable Awaited own,
      @Nullable SessionState session,
      boolean modern,
      OpenCalls openCalls,
      Resumption.Taking others,
      Consumer<String> dropped) {
    this.own = own;
    this.session = session;
    this.modern = modern;
    this.openCalls = openCalls;
    this.others = others;
    this.dropped = dropped;
  }

  /** Whether the stream's own request was answered. */
  synchronized boolean answered() {
    return answered;
  }

  /** Whether the stream's own request was handed over, or is about to be. */
  synchronized boolean handedOver() {
    return kept != null;
  }

  /**
   * Has the stream's own request answered on whichever stream its answer comes, this one included;
   * doing so again changes nothing.
   *
   * @param where whose later streams may bring it
   * @return complete once that is so; fails when it cannot be, and the request is this stream's
   */
  synchronized CompletionStage<Void> handOver(SessionState where) {
    CompletionStage<Void> known = kept;
    if (own == null || answered) {
      return CompletableFuture.completedFuture(null);
    }
    if (known != null) {
      return known;
    }
    CompletionStage<Void> now = openCalls.keep(own, where);
    keptIn = where;
    kept = now;
    return now;
  }

  /** Whether the server broke the protocol so that its stream has to end. */
  boolean violated() {
    return violated;
  }

  /** What the client gets of an event; may be nothing. */
  CompletionStage<byte[]> apply(StreamEvent event) {
    byte[] data = event.data();
    if (data == null) {
      return raw(event);
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
    return raw(event);
  }

  private static CompletionStage<byte[]> raw(StreamEvent event) {
    return CompletableFuture.completedFuture(event.raw());
  }

  private CompletionStage<byte[]> answer(
      StreamEvent event, byte[] data, JsonObject message, @Nullable JsonValue id) {
    return Stages.recover(
        Stages.map(
            awaited(id, data),
            found -> {
              if (found.isEmpty()) {
                dropped.accept("a response to a request that does not wait for one");
                return NONE;
              }
              UpstreamResult result = AnswerReader.message(200, data.length, message);
              byte[] changed = found.get().answered(result);
              return changed == null ? event.raw() : event.withData(changed);
            }),
        failure -> {
          dropped.accept("a response whose request could not be looked for");
          return NONE;
        });
  }

  /** The request that an answer belongs to. */
  private CompletionStage<Optional<Awaited>> awaited(@Nullable JsonValue id, byte[] data) {
    Awaited mine;
    CompletionStage<Void> handing;
    SessionState where;
    synchronized (this) {
      mine = own != null && !answered && own.rpcId().equals(id) ? own : null;
      handing = mine == null ? null : kept;
      where = handing == null ? session : keptIn;
      answered |= mine != null;
    }
    if (mine != null && handing == null) {
      return CompletableFuture.completedFuture(Optional.of(mine));
    }
    if (where == null || id == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (mine == null || handing == null) {
      return others.take(where, id, data);
    }
    Optional<Awaited> here = Optional.of(mine);
    SessionState there = where;
    return Stages.then(
        Stages.recover(Stages.map(handing, done -> true), failure -> false),
        done -> done ? openCalls.take(there, id, data) : CompletableFuture.completedFuture(here));
  }

  private CompletionStage<byte[]> drop(String why) {
    dropped.accept(why);
    return CompletableFuture.completedFuture(NONE);
  }
}
