package app.intentgate.server.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with a request once its event is durable, and not before (B26, B59). */
final class Recording {
  private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

  private final Executor executor;

  /**
   * Goes on.
   *
   * @param executor where, when the event took time
   */
  Recording(Executor executor) {
    this.executor = executor;
  }

  /** Runs a step after an event was recorded, unless the client left meanwhile. */
  void after(Inbound in, CompletionStage<Void> recorded, RequestId id, Runnable step) {
    if (recorded instanceof CompletableFuture<Void> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      step.run();
      return;
    }
    recorded.whenCompleteAsync(
        (nothing, failure) ->
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
                }),
        executor);
  }

  /** Answers where nothing could be recorded. */
  void unavailable(Inbound in, RequestId id) {
    in.reply(200, RpcAnswer.error(id, -32603, "audit store unavailable"));
  }
}
