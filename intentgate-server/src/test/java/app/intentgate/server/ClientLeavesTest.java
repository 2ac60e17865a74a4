package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.StubServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that leaves: before its call is forwarded, and after (B16, B55). */
@Timeout(60)
class ClientLeavesTest {
  private static final String INTENT =
      "{\"intent\":{\"summary\":\"x\",\"allowed_tools\":[\"read_a\"],\"confidence\":1}}";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read_a\"}}";

  @TempDir Path directory;

  private final Semaphore arrived = new Semaphore(0);

  private StubServer.Reply answer(String body, Semaphore gate) {
    arrived.release();
    try {
      assertThat(gate.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StubServer.Reply.json(body);
  }

  private static byte[] request(String body, String... headers) {
    StringBuilder out = new StringBuilder("POST /v1/mcp HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      out.append(header).append("\r\n");
    }
    out.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static List<AuditEvent> outcomes(TestGate gate) {
    return gate.events().stream()
        .map(stored -> stored.event())
        .filter(event -> event.phase() == AuditPhase.OUTCOME)
        .toList();
  }

  @Test
  void aCallWhoseClientLeftBeforeItWasForwardedIsNotCarriedOutAndRecordedAsThat() throws Exception {
    Semaphore extracted = new Semaphore(0);
    try (StubServer extractor = new StubServer(r -> answer(INTENT, extracted));
        StubServer upstream = new StubServer(r -> StubServer.Reply.json("{\"result\":{}}"));
        TestGate gate =
            TestGate.start(
                directory, "UPSTREAM_URL", upstream.url(), "EXTRACTOR_URL", extractor.url())) {
      try (Socket socket = RawHttp.connect(gate.port())) {
        socket.getOutputStream().write(request(CALL, "X-Intent-Prompt: read it"));
        assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      }
      extracted.release(100);

      until(() -> outcomes(gate).size() == 1);
      AuditEvent outcome = outcomes(gate).get(0);
      assertThat(outcome.decision()).isEqualTo(AuditDecision.BLOCK);
      assertThat(outcome.reason()).isEqualTo("client left");
      assertThat(upstream.seen()).isEmpty();
    }
  }

  @Test
  void aClientThatStaysIsServedAlsoWhenTheDecisionTookTime() throws Exception {
    Semaphore extracted = new Semaphore(0);
    try (StubServer extractor = new StubServer(r -> answer(INTENT, extracted));
        StubServer upstream = new StubServer(r -> StubServer.Reply.json("{\"result\":{}}"));
        TestGate gate =
            TestGate.start(
                directory, "UPSTREAM_URL", upstream.url(), "EXTRACTOR_URL", extractor.url());
        Socket socket = RawHttp.connect(gate.port())) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = 0; i < 3; i++) {
        socket.getOutputStream().write(request(CALL, "X-Intent-Prompt: read it " + i));
        assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        // What a client sends ahead is read later, and does not make it one that left.
        socket.getOutputStream().write(request(CALL, "X-Intent-Prompt: read it " + i));
        extracted.release(1);
        assertThat(RawHttp.read(in, false).text()).contains("\"decision\":\"allow\"");
        assertThat(RawHttp.read(in, false).text()).contains("\"decision\":\"allow\"");
      }
    }
  }

  @Test
  void aForwardedCallWithoutASessionIsKeptUntilItsAnswerForTheOutcomeEvent() throws Exception {
    Semaphore answered = new Semaphore(0);
    CountDownLatch forwarded = new CountDownLatch(1);
    try (StubServer upstream =
            new StubServer(
                r -> {
                  forwarded.countDown();
                  return answer("{\"result\":{\"x\":1}}", answered);
                });
        TestGate gate = TestGate.start(directory, "UPSTREAM_URL", upstream.url())) {
      try (Socket socket = RawHttp.connect(gate.port())) {
        socket.getOutputStream().write(request(CALL));
        assertThat(forwarded.await(20, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(outcomes(gate)).isEmpty();
      answered.release();

      until(() -> outcomes(gate).size() == 1);
      assertThat(outcomes(gate).get(0).decision()).isEqualTo(AuditDecision.ALLOW);
      assertThat(gate.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void aConnectionIsUsedAgainAfterItsSocketWasWatched() throws IOException {
    try (TestGate gate = TestGate.start(directory);
        Socket socket = RawHttp.connect(gate.port())) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = 0; i < 50; i++) {
        socket.getOutputStream().write(request(CALL));
        Answer answer = RawHttp.read(in, false);
        assertThat(answer.status()).isEqualTo(200);
      }
    }
  }
}
