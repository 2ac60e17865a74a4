package app.intentgate.server.rpc;

import app.intentgate.json.JsonValue;
import app.intentgate.store.Stages;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * What answers on a stream belong to that goes on with a broken one (mcp L9). Its client may know
 * that the first one broke before the gate of that one does, so that the call is not handed over
 * yet: on this gate it is taken from the stream that still waits for the answer, and another gate
 * is given a moment to hand it over. A server that makes answers up costs its own stream that
 * moment, once. Thread-safe.
 */
final class Resumption {
  /** How long, in all, the answers of a stream wait for their calls. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final long FIRST_MILLIS = 25;

  private final OpenCalls calls;
  private final OpenStreams streams;
  private long left = PATIENCE.toMillis();
  private long next = FIRST_MILLIS;

  /** Where a call is taken from that an answer belongs to. */
  @FunctionalInterface
  interface Taking {
    /**
     * Takes the request that an answer belongs to; empty when none waits for it.
     *
     * @param id the answer's id
     * @param message the answer, which spells the id
     */
    CompletionStage<Optional<Awaited>> take(SessionState session, JsonValue id, byte[] message);
  }

  Resumption(OpenCalls calls, OpenStreams streams) {
    this.calls = calls;
    this.streams = streams;
  }

  CompletionStage<Optional<Awaited>> take(SessionState session, JsonValue id, byte[] message) {
    return Stages.then(
        calls.take(session, id, message),
        found ->
            found.isPresent()
                ? CompletableFuture.completedFuture(found)
                : Stages.then(
                    streams.handOver(session, id), done -> takeSoon(session, id, message)));
  }

  private CompletionStage<Optional<Awaited>> takeSoon(
      SessionState session, JsonValue id, byte[] message) {
    return Stages.then(
        calls.take(session, id, message),
        found -> {
          long millis = found.isPresent() ? 0 : patience();
          return millis == 0
              ? CompletableFuture.completedFuture(found)
              : CompletableFuture.supplyAsync(
                      () -> takeSoon(session, id, message),
                      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                  .thenCompose(again -> again);
        });
  }

  /** After how many milliseconds to look again; 0 at the end of patience. */
  private synchronized long patience() {
    long millis = Math.min(next, left);
    left -= millis;
    next *= 2;
    return millis;
  }
}
