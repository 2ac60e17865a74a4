package app.intentgate.server.rpc;

import app.intentgate.json.JsonValue;
import app.intentgate.store.Stages;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The event streams that are open: each ends when its caller may have it no longer (mcp M10), or a
 * while after its client left. Thread-safe.
 */
final class OpenStreams {
  private static final long NEVER = Long.MAX_VALUE;

  private final long afterLeaving;
  private final Map<Relay, Long> open = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /**
   * None yet.
   *
   * @param afterLeaving how long the answer of a client that left is waited for, in nanoseconds
   */
  OpenStreams(long afterLeaving) {
    this.afterLeaving = afterLeaving;
  }

  void add(Relay relay) {
    open.putIfAbsent(relay, NEVER);
    if (closing && relay.isListening()) {
      relay.close();
    }
  }

  void remove(Relay relay) {
    open.remove(relay);
  }

  /** The client of a stream left; its answer is waited for a while. */
  void left(Relay relay) {
    open.computeIfPresent(relay, (r, due) -> System.nanoTime() + afterLeaving);
  }

  /**
   * Has the stream that waits for an answer, of a client that goes on elsewhere, hand the request
   * over; whether one did.
   */
  CompletionStage<Boolean> handOver(SessionState session, JsonValue id) {
    for (Relay relay : open.keySet()) {
      if (relay.mayHandOver(session, id)) {
        return Stages.recover(Stages.map(relay.handOver(), done -> true), failure -> false);
      }
    }
    return CompletableFuture.completedFuture(false);
  }

  /** Ends the streams that are no request's answer, and those that come later: the gate stops. */
  void endListening() {
    closing = true;
    open.keySet().stream().filter(Relay::isListening).forEach(Relay::close);
  }

  /** Ends what has to end. */
  void check(Predicate<Inbound> permitted) {
    long now = System.nanoTime();
    open.forEach(
        (relay, due) -> {
          if (due != NEVER ? due - now < 0 : !permitted.test(relay.inbound())) {
            relay.close();
          }
        });
  }
}
