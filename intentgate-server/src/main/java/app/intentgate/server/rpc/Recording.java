package app.intentgate.server.rpc;

import app.intentgate.server.http.HandOver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with a request once its event is durable, and not before (B26, B59). */
final class Recording {
  private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

  private final HandOver work;

  /**
   * Goes on.
   *
   * @param work where, when the event took time
   */
  Recording(HandOver work) {
    this.work = work;
  }

  /** Runs a step after an event was recorded, unless the client left meanwhile. */
  void after(Inbound in, CompletionStage<Void> recorded, RequestId id, Runnable step) {
    if (recorded instanceof CompletableFuture<Void> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      step.run();
      return;
    }
    recorded.whenComplete(
        (nothing, failure) ->
            work.run(
                in.size(),
                () ->
                    AgentRoutes.guarded(
                        in,
                        () -> {
                          if (failure != null) {
                            LOG.error("a request could not be recorded: {}", failure.toString());
                            unavailable(in, id);
                          } else if (in.isGone()) {
                            in.abandon();
                          } else {
                            step.run();
                          }
                        })));
  }

  /** Answers where nothing could be recorded. */
  void unavailable(Inbound in, RequestId id) {
    in.reply(200, RpcAnswer.error(id, -32603, "audit store unavailable"));
  }
}
