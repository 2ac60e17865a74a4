package app.intentgate.server.stdio;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient.Exchange;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A child that says much, too much or nothing, and clients that do not read. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StdioUpstreamTest {
  @TempDir Path directory;

  /** Keeps what comes; the next event comes when the test says so. */
  private static final class Kept implements UpstreamReceiver {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Runnable> more = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public void onStream(UpstreamHead head) {}

    @Override
    public void onEvents(List<StreamEvent> all, Runnable next) {
      all.forEach(
          event ->
              events.add(new String(Objects.requireNonNull(event.data()), StandardCharsets.UTF_8)));
      more.add(next);
    }

    @Override
    public void onAnswer(UpstreamHead head, byte[] body) {
      end.complete("an answer");
    }

    @Override
    public void onStreamEnd() {
      end.complete("end");
    }

    @Override
    public void onFailure(UpstreamResult failure) {
      end.complete(failure.getClass().getSimpleName());
    }
  }

  private static StdioUpstream upstream(int maxBytes, String script) throws IOException {
    return new StdioUpstream(
        List.of("sh", "-c", script), "s", Duration.ofSeconds(2), maxBytes, () -> {});
  }

  private static UpstreamRequest call(int id) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\"tools/call\",\"params\":{\"name\":\"x\",\"_meta\":"
            + "{\"progressToken\":\"p\"}}}";
    return new UpstreamRequest(
        body.getBytes(StandardCharsets.UTF_8), JsonNumber.of(id), "x", List.of());
  }

  @Test
  void whileAClientDoesNotReadTheChildIsNotRead() throws Exception {
    String script =
        "read l; i=0; while [ $i -lt 5000 ]; do echo '{\"jsonrpc\":\"2.0\",\"method\":"
            + "\"notifications/progress\",\"params\":{\"progressToken\":\"p\",\"progress\":'$i'}}';"
            + " i=$((i+1)); done; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}';"
            + " cat > /dev/null";
    try (StdioUpstream upstream = upstream(1 << 20, script)) {
      Kept kept = new Kept();
      var unused = upstream.open(call(1), kept);
      Runnable next = kept.more.poll(20, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      assertThat(kept.more.poll(500, TimeUnit.MILLISECONDS)).as("no second one").isNull();
      assertThat(kept.events).hasSize(1);
      next.run();
      until("the end", () -> takesAllThatCame(kept) && kept.end.isDone());
      assertThat(kept.end.get(20, TimeUnit.SECONDS)).isEqualTo("end");
      assertThat(kept.events).as("all of it, in order").hasSize(5_001);
      assertThat(kept.events.peek()).contains("\"progress\":0");
    }
  }

  private static boolean takesAllThatCame(Kept kept) throws InterruptedException {
    for (Runnable next = soon(kept); next != null; next = soon(kept)) {
      next.run();
    }
    return true;
  }

  private static @Nullable Runnable soon(Kept kept) throws InterruptedException {
    return kept.more.poll(10, TimeUnit.MILLISECONDS);
  }

  @Test
  void aMessageThatIsTooLargeFailsWhatWaitsAndTheChildGoesOn() throws Exception {
    String script =
        "read l; head -c 5000 /dev/zero | tr '\\0' x; echo; read l;"
            + " echo '{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}'; cat > /dev/null";
    try (StdioUpstream upstream = upstream(4096, script)) {
      Kept first = new Kept();
      var unused = upstream.open(call(1), first);
      assertThat(first.end.get(20, TimeUnit.SECONDS)).isEqualTo("TooLarge");
      CompletableFuture<UpstreamResult> second = new CompletableFuture<>();
      unused = upstream.send(call(2), (result, head) -> second.complete(result));
      assertThat(second.get(20, TimeUnit.SECONDS)).isInstanceOf(UpstreamResult.Result.class);
    }
  }

  @Test
  void whoGivesUpIsToldToTheChildAndAnIdIsWaitedForOnce() throws Exception {
    Path heard = directory.resolve("heard");
    try (StdioUpstream upstream = upstream(4096, "cat > '" + heard + "'")) {
      Kept first = new Kept();
      Exchange exchange = upstream.open(call(1), first);
      CompletableFuture<UpstreamResult> same = new CompletableFuture<>();
      var unused = upstream.send(call(1), (result, head) -> same.complete(result));
      assertThat(same.get()).isInstanceOf(UpstreamResult.Broken.class);
      exchange.cancel();
      assertThat(first.end.get(20, TimeUnit.SECONDS)).isEqualTo("Broken");
      CompletableFuture<UpstreamResult> slow = new CompletableFuture<>();
      unused = upstream.send(call(2), (result, head) -> slow.complete(result));
      assertThat(slow.get(20, TimeUnit.SECONDS)).isInstanceOf(UpstreamResult.TimedOut.class);
    }
    assertThat(Files.readString(heard))
        .contains("\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}")
        .contains("\"params\":{\"requestId\":2}");
  }
}
