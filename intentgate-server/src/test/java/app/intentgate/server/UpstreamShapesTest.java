package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.StoredEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.ScriptedServer;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.testing.Pause;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An upstream answer of any shape is one well-formed answer and one outcome event (B4, B5). */
@Timeout(60)
class UpstreamShapesTest {
  @TempDir Path directory;

  private static void write(OutputStream out, String text) throws java.io.IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private Answer callThrough(ScriptedServer.Script script, String... headers) throws Exception {
    try (ScriptedServer upstream = new ScriptedServer(script);
        TestGate gate =
            TestGate.start(
                directory,
                "UPSTREAM_URL",
                upstream.url() + "/rpc",
                "UPSTREAM_TIMEOUT_MS",
                "2000",
                "UPSTREAM_MAX_BYTES",
                "1048576")) {
      Answer answer = gate.call("read_a", headers);
      assertOneOutcome(gate);
      return answer;
    }
  }

  private static void assertOneOutcome(TestGate gate) {
    List<AuditEvent> outcomes =
        gate.events().stream()
            .map(StoredEvent::event)
            .filter(e -> e.phase() == AuditPhase.OUTCOME)
            .toList();
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).check()).isEqualTo("upstream");
  }

  private static void assertError(Answer answer, String message) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    JsonNode body = TestGate.json(answer);
    assertThat(body.path("id").asInt()).isEqualTo(1);
    assertThat(body.at("/error/code").asInt()).isEqualTo(-32603);
    assertThat(body.at("/error/message").asText()).isEqualTo(message);
    assertThat(answer.text()).doesNotContain("127.0.0.1").doesNotContain("Exception");
    assertThat(answer.header("X-IntentGate-Decision")).isEqualTo("allow");
  }

  @Test
  void aBodyThatStopsInTheMiddleIsATimeout() throws Exception {
    assertError(
        callThrough(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jsonrpc\"");
              Pause.silent();
            }),
        "upstream timeout");
  }

  @Test
  void aConnectionThatBreaksInTheMiddleIsATransportError() throws Exception {
    assertError(
        callThrough(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"json")),
        "upstream transport");
  }

  @Test
  void whatIsNoHttpIsATransportError() throws Exception {
    assertError(callThrough(out -> write(out, "SSH-2.0-x\r\n\r\n")), "upstream transport");
  }

  @Test
  void fiftyMegabytesAnnouncedAreNotRead() throws Exception {
    assertError(
        callThrough(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n");
              out.write(new byte[1 << 16]);
              out.flush();
              Pause.silent();
            }),
        "upstream response too large");
  }

  @Test
  void fiftyMegabytesInChunksAreCutOff() throws Exception {
    assertError(
        callThrough(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              byte[] chunk = new byte[1 << 16];
              for (int i = 0; i < 800; i++) {
                write(out, "10000\r\n");
                out.write(chunk);
                write(out, "\r\n");
              }
              write(out, "0\r\n\r\n");
            }),
        "upstream response too large");
  }

  @Test
  void aThousandLevelsOfNestingAreNoAnswerAndHarmNothing() throws Exception {
    String deep = "[".repeat(100_000);
    assertError(
        callThrough(
            out ->
                write(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Length: " + deep.length() + "\r\n\r\n" + deep)),
        "upstream returned non-JSON-RPC body");
  }

  @Test
  void theAnswerIsFoundInAnEventStreamThatGoesOn() throws Exception {
    Answer answer =
        callThrough(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
              write(out, ": hello\r\n\r\n");
              write(out, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n");
              write(out, "data: {\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{\"other\":1}}\n\n");
              write(out, "event: message\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,");
              write(out, "\"result\":{\"content\":[]}}\n\n");
              Pause.silent();
            });

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(TestGate.json(answer).at("/result/content").isArray()).isTrue();
    assertThat(TestGate.json(answer).at("/result/_intentgate/decision").asText())
        .isEqualTo("allow");
  }

  @Test
  void anEventStreamWithoutTheAnswerIsNone() throws Exception {
    assertError(
        callThrough(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
              write(out, "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n\ndata: x\n\n");
            }),
        "upstream returned non-JSON-RPC body");
  }

  @Test
  void aJsonRpcErrorWithItsStatusReachesAnMcpClientAsItIs() throws Exception {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":5,\"error\":{\"code\":-32602,\"message\":\"bad\"}}";
    ScriptedServer.Script script =
        out ->
            write(out, "HTTP/1.1 400 Bad\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

    Answer plain = callThrough(script);
    Answer mcp = callThrough(script, "MCP-Protocol-Version", "2025-11-25");

    assertThat(plain.status()).isEqualTo(200);
    assertThat(mcp.status()).isEqualTo(400);
    for (Answer answer : List.of(plain, mcp)) {
      assertThat(TestGate.json(answer).path("id").asInt()).isEqualTo(1);
      assertThat(TestGate.json(answer).at("/error/message").asText()).isEqualTo("bad");
    }
  }

  @Test
  void onlyTheHeadersOfTheAllowListGoOn() throws Exception {
    try (StubServer upstream =
            new StubServer(r -> StubServer.Reply.json("{\"id\":1,\"result\":{}}"));
        TestGate gate =
            TestGate.start(
                directory,
                "UPSTREAM_URL",
                upstream.url(),
                "UPSTREAM_AUTH_HEADER",
                "Authorization: Bearer up",
                "UPSTREAM_TOOL_CREDENTIALS",
                "{\"read_bank\":\"Authorization: Bearer bank\"}")) {
      gate.call(
          "read_a",
          "MCP-Protocol-Version",
          "2025-11-25",
          "Mcp-Param-Region",
          "eu",
          "traceparent",
          "00-1-2-01",
          "Cookie",
          "a=b",
          "X-Task-Id",
          "t",
          "X-Forwarded-For",
          "1.2.3.4");
      gate.call("read_bank");

      Answer first = new Answer(0, upstream.seen().get(0).headers(), new byte[0]);
      assertThat(first.header("MCP-Protocol-Version")).isEqualTo("2025-11-25");
      assertThat(first.header("Mcp-Param-Region")).isEqualTo("eu");
      assertThat(first.header("traceparent")).isEqualTo("00-1-2-01");
      assertThat(first.header("Accept")).isEqualTo("application/json, text/event-stream");
      assertThat(first.header("Authorization")).isEqualTo("Bearer up");
      for (String name : List.of("Cookie", "X-Task-Id", "X-Forwarded-For", "Accept-Encoding")) {
        assertThat(first.header(name)).as(name).isNull();
      }
      Answer second = new Answer(0, upstream.seen().get(1).headers(), new byte[0]);
      assertThat(second.header("Authorization")).isEqualTo("Bearer bank");
    }
  }

  @Test
  void t12AConnectionIsNotUsedAgainAfterItsServerMayHaveClosedIt() throws Exception {
    try (StubServer upstream =
            new StubServer(r -> StubServer.Reply.json("{\"id\":1,\"result\":{}}"));
        TestGate gate = TestGate.start(directory, "UPSTREAM_URL", upstream.url())) {
      for (int i = 0; i < 3; i++) {
        assertThat(TestGate.json(gate.call("read_a")).has("result")).isTrue();
      }
      assertThat(upstream.connections()).as("reused at once").isEqualTo(1);
      Pause.idle(Duration.ofMillis(4_500));
      assertThat(TestGate.json(gate.call("read_a")).has("result")).isTrue();
      assertThat(upstream.connections()).as("not after its idle time").isEqualTo(2);
    }
  }

  @Test
  void aRefusedCallHasADecisionAndNoOutcome() throws Exception {
    try (StubServer upstream = new StubServer(r -> StubServer.Reply.json("{}"));
        TestGate gate = TestGate.start(directory, "UPSTREAM_URL", upstream.url())) {
      gate.call("drop_table");

      assertThat(upstream.seen()).isEmpty();
      assertThat(gate.events())
          .singleElement()
          .extracting(e -> e.event().decision())
          .isEqualTo(AuditDecision.BLOCK);
    }
  }

  @Test
  void theFlatShapeCarriesTheResultAndTheFailure() throws Exception {
    StubServer.Reply down = new StubServer.Reply(503, Map.of(), new byte[0], 0, false);
    try (StubServer upstream =
            new StubServer(
                r ->
                    new String(r.body(), StandardCharsets.UTF_8).contains("read_a")
                        ? StubServer.Reply.json("{\"result\":{\"x\":1}}")
                        : down);
        TestGate gate = TestGate.start(directory, "UPSTREAM_URL", upstream.url())) {
      JsonNode good = TestGate.json(gate.post("/v1/tool-call", "{\"tool\":\"read_a\"}"));
      JsonNode bad = TestGate.json(gate.post("/v1/tool-call", "{\"tool\":\"read_b\"}"));

      assertThat(good.path("decision").asText()).isEqualTo("allow");
      assertThat(good.at("/result/x").asInt()).isEqualTo(1);
      assertThat(bad.path("decision").asText()).isEqualTo("allow");
      assertThat(bad.path("check").asText()).isEqualTo("upstream");
      assertThat(bad.path("code").asInt()).isEqualTo(-32603);
      assertThat(new String(upstream.seen().get(0).body(), StandardCharsets.UTF_8))
          .contains("\"id\":\"" + good.path("call_id").asText() + "\"");
    }
  }
}
