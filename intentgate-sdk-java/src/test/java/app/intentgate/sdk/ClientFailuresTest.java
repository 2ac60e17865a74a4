package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonObject;
import app.intentgate.testing.Eventually;
import app.intentgate.testing.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates that are down, slow, confused or hostile. */
@Timeout(60)
class ClientFailuresTest {
  private static final String RESULT =
      "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[]}}";
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final Map<String, String> STREAM = Map.of("Content-Type", "text/event-stream");

  private final FakeGate gate = new FakeGate();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    gate.close();
  }

  private IntentGateClientBuilder builder() {
    return IntentGateClient.builder().url(gate.url()).retries(0);
  }

  private <T extends IntentGateException> T failing(Class<T> type, IntentGateClientBuilder b) {
    try (IntentGateClient client = b.build()) {
      return catchThrowableOfType(type, () -> client.call("pay", Map.of()));
    }
  }

  @Test
  void aGateThatIsDownIsATransportErrorAndNothingRan() throws IOException {
    int port = FreePort.next();

    TransportError e =
        failing(TransportError.class, builder().url("http://127.0.0.1:" + port).retries(2));

    assertThat(e.mayHaveRun()).isFalse();
    assertThat(e.isDenial()).isFalse();
    assertThat(e).hasMessageContaining("cannot be reached").hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aSlowGateIsGivenUpInTimeAndTheCallMayHaveRun() {
    gate.script((exchange, seen) -> await());

    TransportError e = failing(TransportError.class, builder().timeout(Duration.ofMillis(200)));

    assertThat(e.mayHaveRun()).isTrue();
    assertThat(e).hasMessageContaining("in time");
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsGivenUpInTime() {
    gate.script(
        (exchange, seen) -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("{\"jsonrpc\"".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await();
        });

    assertThat(failing(TransportError.class, builder().timeout(Duration.ofMillis(300))))
        .hasMessageContaining("in time");
  }

  private void await() {
    await(release);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "this is no JSON | no JSON",
        "{\"jsonrpc\":\"2.0\" | no JSON",
        "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"id\":$ID,\"result\":1} | no JSON",
        "[] | not JSON-RPC",
        "{\"ok\":true} | not JSON-RPC",
        "{\"jsonrpc\":\"2.0\",\"id\":\"other\",\"result\":{}} | another request",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{}} | another request",
        "{\"jsonrpc\":\"2.0\",\"id\":$ID} | neither result nor error",
      })
  void aGarbledAnswerIsAProtocolErrorAndTheCallMayHaveRun(String body, String message) {
    gate.json(body);

    ProtocolError e = failing(ProtocolError.class, builder());

    assertThat(e).hasMessageContaining(message);
    assertThat(e.mayHaveRun()).isTrue();
  }

  @Test
  void anHtmlPageIsNoAnswer() {
    gate.always(200, Map.of("Content-Type", "text/html"), "<html>welcome</html>");
    assertThat(failing(ProtocolError.class, builder())).hasMessageContaining("is the URL");

    gate.always(404, Map.of("Content-Type", "text/html"), "<html>not here</html>");
    assertThat(failing(ProtocolError.class, builder())).hasMessageContaining("HTTP 404");

    gate.always(502, Map.of("Content-Type", "text/html"), "<html>bad gateway</html>");
    GateUnavailable e = failing(GateUnavailable.class, builder());
    assertThat(e.mayHaveRun()).as("a proxy may have lost the answer").isTrue();
  }

  @Test
  void aRedirectIsNotFollowedWithTheToken() {
    gate.always(307, Map.of("Location", gate.url() + "/elsewhere"), "");

    assertThat(failing(ProtocolError.class, builder())).hasMessageContaining("HTTP 307");
    assertThat(gate.requests).hasSize(1);
  }

  @Test
  void a401WithAChallengeIsADenial() {
    gate.always(401, Map.of("WWW-Authenticate", "Bearer realm=\"x\""), "");
    assertThat(failing(CapabilityDenied.class, builder()).reason()).isEqualTo("Bearer realm=\"x\"");

    gate.always(
        401,
        JSON,
        "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":-32010,"
            + "\"message\":\"capability check failed\",\"data\":\"expired\"}}");
    assertThat(failing(CapabilityDenied.class, builder()).reason()).isEqualTo("expired");

    gate.always(403, JSON, "{\"error\":\"origin not allowed\"}");
    assertThat(failing(CapabilityDenied.class, builder()).reason()).isEqualTo("origin not allowed");
  }

  @Test
  void a100MegabyteAnswerIsRefusedAfterTheLimit() {
    AtomicInteger written = new AtomicInteger();
    gate.script(
        (exchange, seen) -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          byte[] megabyte = new byte[1 << 20];
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(megabyte);
            written.incrementAndGet();
          }
        });

    ProtocolError e = failing(ProtocolError.class, builder().maxAnswerBytes(1 << 20));

    assertThat(e).hasMessageContaining("larger than 1048576 bytes");
    assertThat(written.get()).isLessThan(100);
  }

  @Test
  void anEventOf100MegabytesIsRefusedAfterTheLimit() {
    gate.script(
        (exchange, seen) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          byte[] megabyte = "data: x".repeat(150_000).getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(megabyte);
          }
        });

    assertThat(failing(ProtocolError.class, builder().maxAnswerBytes(1 << 20)))
        .hasMessageContaining("larger than");
  }

  @Test
  void aStreamAnswersWithItsFinalEventHoweverItIsCut() throws IOException {
    String events =
        "\uFEFF: hello\r\n\r\nevent: message\r\nid: 1\r\ndata: {\"jsonrpc\":\"2.0\",\r\n"
            + "data: \"method\":\"notifications/progress\",\"params\":{}}\r\n\r\n"
            + "data:{\"jsonrpc\":\"2.0\",\"id\":\"other\",\"result\":{}}\n\n"
            + "data: {\"jsonrpc\":\"2.0\",\"id\":$ID,\"method\":\"ping\"}\r\r"
            + "data: {\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":"
            + "[{\"type\":\"text\",\"text\":\"é\"}]}}\n\ndata: never read";
    for (int size : new int[] {1, 2, 7, 10_000}) {
      gate.script(
          (exchange, seen) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            byte[] bytes = events.replace("$ID", seen.id()).getBytes(StandardCharsets.UTF_8);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < bytes.length; i += size) {
              out.write(bytes, i, Math.min(size, bytes.length - i));
              out.flush();
            }
          });
      try (IntentGateClient client = builder().build()) {
        assertThat(client.call("read", Map.of()).text()).isEqualTo("é");
      }
    }
  }

  @Test
  void aStreamStillOpenAfterItsAnswerIsNotWaitedFor() {
    gate.script(
        (exchange, seen) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          String event = "data: " + RESULT.replace("$ID", seen.id()) + "\n\n";
          exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await();
        });

    try (IntentGateClient client = builder().build()) {
      assertThat(client.call("read", Map.of()).isError()).isFalse();
    }
  }

  @Test
  void aDenialAtTheEndOfAStreamIsADenial() {
    gate.always(
        200,
        STREAM,
        ": held\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":-32019,"
            + "\"message\":\"approval pending\",\"data\":{\"pending_id\":\"p3\"}}}\n\n");

    assertThat(failing(ApprovalPending.class, builder()).pendingId()).isEqualTo("p3");
  }

  @Test
  void aStreamThatEndsBeforeItsAnswerIsATransportError() {
    for (String events :
        new String[] {"", ": ping\n\n", "data: {\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{}}"}) {
      gate.always(200, STREAM, events + "\n");
      TransportError e = failing(TransportError.class, builder());
      assertThat(e).hasMessageContaining("ended before the answer");
      assertThat(e.mayHaveRun()).isTrue();
    }
  }

  @Test
  void anEventThatIsNoJsonIsAProtocolError() {
    gate.always(200, STREAM, "data: oops\n\n");

    failing(ProtocolError.class, builder());
  }

  @Test
  void aConnectionThatBreaksIsATransportErrorAndNotTriedAgain() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Thread acceptor;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      acceptor =
          new Thread(
              () -> {
                try {
                  while (true) {
                    try (Socket socket = server.accept()) {
                      connections.incrementAndGet();
                      socket.getInputStream().read(new byte[64]);
                    }
                  }
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      acceptor.start();
      TransportError e =
          failing(
              TransportError.class,
              builder().retries(3).url("http://127.0.0.1:" + server.getLocalPort()));
      assertThat(e.mayHaveRun()).isTrue();
      assertThat(connections).hasValue(1);
    }
    acceptor.join();
  }

  @Test
  void whatWasNotJudgedIsSentAgain() {
    AtomicInteger tries = new AtomicInteger();
    gate.script(
        (exchange, seen) -> {
          switch (tries.incrementAndGet()) {
            case 1 ->
                FakeGate.reply(
                    exchange, 429, Map.of("Retry-After", "0"), "{\"error\":\"too many\"}");
            case 2 -> FakeGate.reply(exchange, 503, Map.of("Retry-After", "0"), "");
            case 3 ->
                FakeGate.reply(
                    exchange,
                    200,
                    JSON,
                    "{\"jsonrpc\":\"2.0\",\"id\":"
                        + seen.id()
                        + ",\"error\":{\"code\":-32603,\"message\":\"audit store unavailable\"}}");
            default -> FakeGate.reply(exchange, 200, JSON, RESULT.replace("$ID", seen.id()));
          }
        });

    try (IntentGateClient client = builder().retries(3).build()) {
      client.call("pay", Map.of());
    }
    assertThat(tries).hasValue(4);
  }

  @Test
  void whatMayHaveRunIsNeverSentAgain() {
    for (int status : new int[] {500, 502, 503, 504}) {
      gate.requests.clear();
      gate.always(status, JSON, "{\"error\":\"internal_error\"}");
      assertThat(failing(GateUnavailable.class, builder().retries(3)).mayHaveRun()).isTrue();
      assertThat(gate.requests).hasSize(1);
    }
  }

  @Test
  void triesEndWithTheTimeOut() {
    gate.always(429, Map.of("Retry-After", "3600"), "");

    GateUnavailable e = failing(GateUnavailable.class, builder().retries(5));

    assertThat(e.retryAfter()).contains(Duration.ofHours(1));
    assertThat(gate.requests).hasSize(1);
  }

  @Test
  void cancellingLetsGoOfTheConnectionAndClosingEndsWhatIsUnderWay() throws Exception {
    CountDownLatch arrived = new CountDownLatch(2);
    gate.script(
        (exchange, seen) -> {
          arrived.countDown();
          await();
        });
    IntentGateClient client = builder().build();
    CompletableFuture<ToolResult> cancelled =
        client.callAsync("a", JsonObject.EMPTY, CallOptions.none());
    CompletableFuture<ToolResult> closed =
        client.callAsync("b", JsonObject.EMPTY, CallOptions.none());
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

    cancelled.cancel(true);
    client.close();

    assertThatThrownBy(() -> closed.get(20, TimeUnit.SECONDS)).isNotNull();
    assertThatThrownBy(() -> client.call("c", Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void cancellingReachesARequestThatIsJustBeingSentAgain() throws Exception {
    AtomicReference<CompletableFuture<ToolResult>> call = new AtomicReference<>();
    CountDownLatch made = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    CompletableFuture<Object> second = new CompletableFuture<>();
    StubHttpClient http =
        new StubHttpClient(
            request -> {
              if (tries.incrementAndGet() == 1) {
                return CompletableFuture.failedFuture(new ConnectException("nobody listens"));
              }
              await(made);
              call.get().cancel(true);
              return second;
            });
    try (IntentGateClient client = builder().retries(1).httpClient(http).build()) {
      call.set(client.callAsync("a", JsonObject.EMPTY, CallOptions.none()));
      made.countDown();

      Eventually.until(second::isCancelled);
    }
  }

  @Test
  void anInterruptEndsTheWaiting() {
    gate.script((exchange, seen) -> await());
    try (IntentGateClient client = builder().build()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> client.call("a", Map.of())).isInstanceOf(TransportError.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aBadUrlIsRefusedWhenItIsGiven() {
    for (String url :
        new String[] {
          "gate.example",
          "ftp://gate",
          "http://",
          "http://u:pw1@gate",
          "ftp://u:pw1@gate",
          "http://u:pw1 @gate"
        }) {
      assertThatThrownBy(() -> IntentGateClient.builder().url(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("pw1");
    }
    assertThatThrownBy(() -> IntentGateClient.builder().build())
        .isInstanceOf(IllegalStateException.class);
  }
}
