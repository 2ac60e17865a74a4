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

/** Asks several servers the same thing, and goes on with what came in time. Never blocks. */
final class Gather {
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

  /**
   * Asks.
   *
   * @param request what each server is asked
   * @param then takes what was said, in the order of the servers; run once, on the executor
   */
  void ask(
      List<ToolServer> servers,
      Function<ToolServer, CompletableFuture<UpstreamRequest>> request,
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
                              (result, head) -> said.complete(new Said(server, result, head))));
    }
    var unusedToo =
        CompletableFuture.allOf(open.toArray(new CompletableFuture<?>[0]))
            .thenRunAsync(
                () -> then.accept(open.stream().map(CompletableFuture::join).toList()), executor);
  }
}
