package app.intentgate.server.upstreams;

import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks several servers the same thing, and goes on with what came in time. Never blocks. */
final class Gather {
  private static final long MOST_WAIT_MILLIS = 2_000;

  private final Executor executor;
  private final long waitMillis;

  /**
   * Asks.
   *
   * @param executor goes on with what was said
   * @param waitMillis how long a slow server is waited for
   */
  Gather(Executor executor, long waitMillis) {
    this.executor = executor;
    this.waitMillis = waitMillis;
  }

  /**
   * What a server said.
   *
   * @param result the result; {@code TimedOut} when it said nothing in time
   */
  record Said(ToolServer server, UpstreamResult result, UpstreamHead head) {}

  /** What becomes of answers that do not come in time. */
  interface Lateness {
    /** They are forgotten. */
    Lateness NONE =
        new Lateness() {
          @Override
          public @Nullable Said instead(ToolServer server) {
            return null;
          }

          @Override
          public void came(Said said) {}
        };

    /** What is taken in place of an answer that did not come in time, or null for nothing. */
    @Nullable Said instead(ToolServer server);

    /** An answer came after all. */
    void came(Said said);
  }

  /** Runs something on the executor in a while: about as long as slow servers are waited for. */
  void later(Runnable task) {
    CompletableFuture.delayedExecutor(
            Math.min(waitMillis, MOST_WAIT_MILLIS), TimeUnit.MILLISECONDS, executor)
        .execute(task);
  }

  /** Asks, and forgets what comes too late. */
  void ask(
      List<ToolServer> servers,
      Function<ToolServer, CompletableFuture<UpstreamRequest>> request,
      Consumer<List<Said>> then) {
    ask(servers, request, Lateness.NONE, then);
  }

  /**
   * Asks.
   *
   * @param request what each server is asked
   * @param lateness takes what does not come in time
   * @param then takes what was said, in the order of the servers; run once, on the executor
   */
  void ask(
      List<ToolServer> servers,
      Function<ToolServer, CompletableFuture<UpstreamRequest>> request,
      Lateness lateness,
      Consumer<List<Said>> then) {
    List<CompletableFuture<Said>> open = new ArrayList<>(servers.size());
    for (ToolServer server : servers) {
      CompletableFuture<Said> said = new CompletableFuture<>();
      open.add(
          said.completeOnTimeout(
              new Said(server, new UpstreamResult.TimedOut(0), UpstreamHead.NONE),
              waitMillis,
              TimeUnit.MILLISECONDS));
      var unused =
          request
              .apply(server)
              .thenAccept(
                  asked ->
                      server
                          .client()
                          .send(
                              asked,
                              (result, head) -> {
                                Said answer = new Said(server, result, head);
                                if (!said.complete(answer)) {
                                  lateness.came(answer);
                                }
                              }));
    }
    var unusedToo =
        CompletableFuture.allOf(open.toArray(new CompletableFuture<?>[0]))
            .thenRunAsync(
                () ->
                    then.accept(
                        open.stream()
                            .map(CompletableFuture::join)
                            .map(each -> inTime(each, lateness))
                            .toList()),
                executor);
  }

  private static Said inTime(Said said, Lateness lateness) {
    Said other =
        said.result() instanceof UpstreamResult.TimedOut ? lateness.instead(said.server()) : null;
    return other == null ? said : other;
  }
}
