package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a call that waits for a person is made again, and when it must not be. */
@Timeout(60)
class AwaitedApprovalTest {
  private static final Map<String, String> STREAM = Map.of("Content-Type", "text/event-stream");
  private static final String RESULT =
      "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[]}}";
  private static final String PENDING =
      "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":-32019,"
          + "\"message\":\"approval pending\",\"data\":{\"pending_id\":\"p7\"}}}";
  private static final String HELD =
      "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
          + "{\"progressToken\":\"approval\",\"progress\":1,"
          + "\"_meta\":{\"app.intentgate/approval_id\":\"p7\"}}}\n\n";

  private final FakeGate gate = new FakeGate();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void close() {
    over.countDown();
    gate.close();
  }

  private ToolResult awaited(Duration limit, CallOptions options, List<String> heard) {
    try (IntentGateClient client = IntentGateClient.builder().url(gate.url()).build()) {
      return client.callAndAwaitApproval(
          "pay",
          Map.of("id", 7),
          options,
          ApprovalWait.atMost(limit)
              .askEvery(Duration.ofMillis(20))
              .onPending(p -> heard.add(p.pendingId())));
    }
  }

  private ToolResult awaited() {
    return awaited(Duration.ofSeconds(30), CallOptions.none(), new ArrayList<>());
  }

  @Test
  void aHeldCallIsToldOfAtOnce() {
    gate.always(200, STREAM, HELD + "data: " + RESULT + "\n\n");
    List<String> heard = new ArrayList<>();

    awaited(Duration.ofSeconds(30), CallOptions.none(), heard);

    assertThat(heard).containsExactly("p7");
    assertThat(gate.requests)
        .extracting(seen -> String.valueOf(seen.body().get("params")))
        .singleElement()
        .satisfies(params -> assertThat(params).contains("\"progressToken\":\"approval\""));
  }

  @Test
  void aCallThatMayHaveRunWhenItsStreamBrokeIsNeverMadeAgain() {
    gate.always(200, STREAM, HELD);

    assertThatThrownBy(this::awaited)
        .isInstanceOfSatisfying(TransportError.class, e -> assertThat(e.mayHaveRun()).isTrue());
    assertThat(gate.requests).as("a standing grant would pay a second time").hasSize(1);
  }

  @Test
  void aCallThatMayHaveRunWhenItsResumptionFailedIsNeverMadeAgain() {
    AtomicInteger tries = new AtomicInteger();
    gate.script(
        (exchange, seen) ->
            FakeGate.reply(
                exchange,
                tries.incrementAndGet() == 1 ? 200 : 502,
                Map.of("Content-Type", "application/json"),
                tries.get() == 1 ? PENDING.replace("$ID", seen.id()) : "{}"));

    assertThatThrownBy(this::awaited)
        .isInstanceOfSatisfying(GateUnavailable.class, e -> assertThat(e.mayHaveRun()).isTrue());
    assertThat(tries).hasValue(2);
  }

  @Test
  void aCallStillHeldAtTheDeadlineIsPendingAndMayHaveRun() {
    gate.script(
        (exchange, seen) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(HELD.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          awaitQuietly(over);
        });
    CallOptions brief = CallOptions.none().timeout(Duration.ofSeconds(2));

    assertThatThrownBy(() -> awaited(Duration.ofMillis(100), brief, new ArrayList<>()))
        .isInstanceOfSatisfying(
            ApprovalPending.class,
            e -> {
              assertThat(e.pendingId()).isEqualTo("p7");
              assertThat(e.mayHaveRun()).isTrue();
              assertThat(e.forModel()).contains("find out whether it happened");
            });
    assertThat(gate.requests).hasSize(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void cancellingReachesACallThatIsJustBeingMade() throws Exception {
    AtomicReference<CompletableFuture<ToolResult>> waiting = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<ToolResult> second = new CompletableFuture<>();
    ApprovalPending pending =
        ApprovalPending.fromProgress((JsonObject) JsonReader.parse(HELD.substring(6).strip()));
    try (StubGate stub =
        new StubGate(
            CompletableFuture.failedFuture(pending),
            () -> {
              awaitQuietly(started);
              waiting.get().cancel(true);
              return second;
            })) {
      waiting.set(
          stub.callAndAwaitApprovalAsync(
              "pay",
              JsonObject.EMPTY,
              CallOptions.none(),
              ApprovalWait.atMost(Duration.ofSeconds(30)).askEvery(Duration.ofMillis(1))));
      started.countDown();

      Eventually.until(second::isCancelled);
    }
  }

  /** A gate whose first call ends as given and whose second does what it likes. */
  private record StubGate(
      CompletableFuture<ToolResult> first,
      Supplier<CompletableFuture<ToolResult>> second,
      AtomicInteger calls)
      implements GateClient {
    StubGate(CompletableFuture<ToolResult> first, Supplier<CompletableFuture<ToolResult>> second) {
      this(first, second, new AtomicInteger());
    }

    @Override
    public CompletableFuture<ToolResult> callAsync(
        String tool, JsonObject arguments, CallOptions options) {
      return calls.incrementAndGet() == 1 ? first : second.get();
    }

    @Override
    public CompletableFuture<List<ToolDescription>> toolsAsync(CallOptions options) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public void close() {}
  }
}
