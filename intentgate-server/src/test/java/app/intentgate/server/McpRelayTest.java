package app.intentgate.server;

import static app.intentgate.server.exchange.FakeMcpServer.answer;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.ScriptedServer;
import app.intentgate.testing.Pause;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds in both eras (mcp T1-T12; T9, T10 and T12 are in AgentRoutesTest and
 * UpstreamShapesTest), and tool servers and clients that misbehave.
 */
@Timeout(60)
class McpRelayTest {
  private static final String OK = "{\"content\":[{\"type\":\"text\",\"text\":\"ok\"}]}";

  @TempDir Path directory;

  private TestGate gate(String url) {
    return TestGate.start(
        directory,
        "UPSTREAM_URL",
        url,
        "UPSTREAM_TIMEOUT_MS",
        "5000",
        "UPSTREAM_MAX_BYTES",
        "1048576");
  }

  private static McpClient client(TestGate gate) {
    return new McpClient(gate, gate.mint(Grant.to("agent"))).legacy();
  }

  private static List<AuditEvent> outcomes(TestGate gate) {
    return gate.events().stream()
        .map(stored -> stored.event())
        .filter(event -> event.phase() == AuditPhase.OUTCOME)
        .toList();
  }

  private static void write(OutputStream out, String text) throws java.io.IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Test
  void t1AClientThatReadsOnlyJsonGetsJsonAndTheServerIsAskedForBoth() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) ->
                    reply.stream()
                        .event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}")
                        .event(answer(r, OK))
                        .end());
        TestGate gate = gate(server.url())) {
      for (String accept : List.of("application/json", "*/*", "text/event-stream;q=0")) {
        Got got = client(gate).with("Accept", accept).call(1, "read_a");
        assertThat(got.header("Content-Type")).as(accept).isEqualTo("application/json");
        assertThat(got.json().at("/result/content/0/text").asText()).isEqualTo("ok");
      }
      assertThat(client(gate).call(1, "read_a").isStream()).isTrue();
      assertThat(server.seen())
          .allMatch(r -> "application/json, text/event-stream".equals(r.header("Accept")))
          .allMatch(r -> "application/json".equals(r.header("Content-Type")));
    }
  }

  @Test
  void t2AndT3HeadersGoOnByAllowListInBothDirections() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) ->
                    reply
                        .header("Cache-Control", "no-store")
                        .header("X-Accel-Buffering", "no")
                        .header("Keep-Alive", "timeout=5")
                        .header("X-Secret", "s")
                        .header("Set-Cookie", "a=b")
                        .result(r, OK));
        TestGate gate = gate(server.url())) {
      Got got =
          client(gate)
              .with("baggage", "k=v")
              .with("tracestate", "v=1")
              .with("X-Other", "o")
              .with("Cookie", "c=d")
              .with("Mcp-Param-X", "1")
              .call(1, "read_a");
      assertThat(got.header("Cache-Control")).isEqualTo("no-store");
      assertThat(got.header("X-Accel-Buffering")).isEqualTo("no");
      for (String name : List.of("X-Secret", "Set-Cookie", "Keep-Alive", "Transfer-Encoding")) {
        assertThat(got.header(name)).as(name).isNull();
      }
      assertThat(server.seen().get(0).header("baggage")).isEqualTo("k=v");
      assertThat(server.seen().get(0).header("Mcp-Param-X")).isEqualTo("1");
      assertThat(server.seen().get(0).header("tracestate")).isEqualTo("v=1");
      for (String name : List.of("Cookie", "Authorization", "X-Other")) {
        assertThat(server.seen().get(0).header(name)).as(name).isNull();
      }
      assertThat(server.url())
          .as("the server's own name")
          .contains("//" + server.seen().get(0).header("Host") + "/");
    }
  }

  @Test
  void t4AStreamIsRelayedByteForByteAndEachEventAtOnce() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    String[] pieces = {
      ": comment\n\n",
      "id: 7\nretry: 10\ndata:\n\n",
      "event: message\r\nid: \u00e9\r\ndata: {\"jsonrpc\":\"2.0\",\r\n"
          + "data:  \"method\":\"notifications/message\",\"params\":{\"n\":1e400}}\r\n\r\n"
    };
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream();
                  stream.raw(pieces[0]);
                  assertThat(read.await(20, TimeUnit.SECONDS)).as("flushed").isTrue();
                  stream.raw(pieces[1]).raw(pieces[2]).event(answer(r, OK)).end();
                });
        TestGate gate = gate(server.url());
        Got got = client(gate).call(1, "read_a")) {
      assertThat(got.piece()).isEqualTo(": comment");
      read.countDown();
      String rest = got.text();
      assertThat(got.header("Content-Encoding")).isNull();
      assertThat(rest).startsWith(pieces[1] + pieces[2]);
      assertThat(rest.substring((pieces[1] + pieces[2]).length()))
          .startsWith("event: message\ndata: {")
          .contains("\"_intentgate\"")
          .endsWith("}\n\n");
    }
  }

  @Test
  void t5JsonStaysJsonWithTheBytesOfTheServer() throws Exception {
    String spaced = "{ \"jsonrpc\" : \"2.0\", \"id\" : 1, \"result\" : {\"x\":\"</a>\\u00e9\"} }";
    try (FakeMcpServer server = new FakeMcpServer((r, reply) -> reply.json(200, spaced));
        TestGate gate = gate(server.url())) {
      Got got = client(gate).request(1, "resources/read", "{}");
      assertThat(got.header("Content-Type")).isEqualTo("application/json");
      assertThat(got.text()).isEqualTo(spaced);
    }
  }

  @Test
  void t6OnlyTheAnswerIsChangedNotWhatComesBeforeIt() throws Exception {
    String progress =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1}}";
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> reply.stream().event(progress).event(answer(r, OK)).end());
        TestGate gate = gate(server.url());
        Got got = client(gate).call(1, "read_a")) {
      assertThat(got.piece()).isEqualTo("event: message\ndata: " + progress);
      assertThat(got.message().at("/result/_intentgate/reason").asText()).isEqualTo("forwarded");
      assertThat(outcomes(gate)).hasSize(1);
    }
  }

  @Test
  void t7TwoCallsThatWaitForEachOtherBothEnd() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream().raw(": in\n\n");
                  both.countDown();
                  assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
                  stream.event(answer(r, OK)).end();
                });
        TestGate gate = gate(server.url())) {
      McpClient client = client(gate);
      try (Got one = client.call(1, "read_a");
          Got two = client.call(2, "read_b")) {
        assertThat(one.message().path("id").asInt()).isEqualTo(1);
        assertThat(two.message().path("id").asInt()).isEqualTo(2);
      }
    }
  }

  @Test
  void t8ErrorsOfTheServerKeepTheirStatusAndOnlyTheConnectionsAreOurs() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) ->
                    reply.json(
                        403,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,"
                            + "\"message\":\"no\",\"data\":{\"why\":1}}}"));
        TestGate gate = gate(server.url())) {
      for (String method : List.of("tools/call", "resources/read")) {
        Got got = client(gate).request(1, method, "{\"name\":\"read_a\"}");
        assertThat(got.status()).as(method).isEqualTo(403);
        assertThat(got.json().at("/error/data/why").asInt()).isEqualTo(1);
      }
    }
    try (TestGate gate = gate("http://127.0.0.1:1/mcp")) {
      Got got = client(gate).call(1, "read_a");
      assertThat(got.status()).isEqualTo(200);
      assertThat(got.json().at("/error/code").asInt()).isEqualTo(-32603);
    }
  }

  @Test
  void t11NoCodeOfTheSpecificationHasAMeaningOfOurs() throws Exception {
    for (app.intentgate.check.DenialCode code : app.intentgate.check.DenialCode.values()) {
      assertThat(code.code() < -32099 || code.code() > -32020).as(code.name()).isTrue();
    }
  }

  @Test
  void aStreamThatBreaksIsAnErrorAndOneOutcome() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                out ->
                    write(
                        out,
                        "HTTP/1.1 200 OK\r\n"
                            + "Content-Type: text/event-stream\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + "6\r\n"
                            + ": in\n\n\r\n"
                            + "9\r\n"
                            + "data: {\"j"));
        TestGate gate = gate(server.url());
        Got got = client(gate).call(1, "read_a")) {
      assertThat(got.piece()).isEqualTo(": in");
      assertThat(got.message().at("/error/message").asText()).isEqualTo("upstream transport");
      assertThat(got.piece()).isNull();
      assertThat(outcomes(gate))
          .singleElement()
          .extracting(AuditEvent::decision)
          .isEqualTo(AuditDecision.BLOCK);
    }
  }

  @Test
  void anotherIdASecondAnswerAndWhatIsNoMessageAreDropped() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) ->
                    reply.stream()
                        .event("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{\"forged\":1}}")
                        .event("[" + answer(r, "{\"forged\":2}") + "]")
                        .event("{\"id\":1,\"id\":1,\"result\":{\"forged\":3}}")
                        .event(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\","
                                + "\"result\":{\"forged\":4}}")
                        .event(answer(r, OK))
                        .event(answer(r, "{\"forged\":5}"))
                        .end());
        TestGate gate = gate(server.url())) {
      String all = client(gate).call(1, "read_a").text();
      assertThat(all).doesNotContain("forged").contains("\"_intentgate\"");
      assertThat(outcomes(gate)).hasSize(1);
    }
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) ->
                    reply.stream().event("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}").end());
        TestGate gate = gate(server.url())) {
      JsonNode got = client(gate).call(1, "read_a").message();
      assertThat(got.at("/error/code").asInt())
          .as("never left without an answer")
          .isEqualTo(-32603);
      assertThat(outcomes(gate)).hasSize(1);
    }
  }

  @Test
  void anEventThatIsTooLargeEndsTheStreamAndManySmallOnesDoNot() throws Exception {
    String filler = "x".repeat(4_000);
    String log =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\""
            + filler
            + "\"}}";
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream();
                  for (int i = 0; i < 25_000; i++) {
                    stream.event(log);
                  }
                  stream.event(answer(r, OK)).end();
                });
        TestGate gate = gate(server.url());
        Got got = client(gate).call(1, "read_a")) {
      long bytes = 0;
      byte[] buffer = new byte[1 << 16];
      for (int n = got.response().body().read(buffer);
          n >= 0;
          n = got.response().body().read(buffer)) {
        bytes += n;
      }
      assertThat(bytes).as("a hundred megabytes").isGreaterThan(100_000_000);
      assertThat(outcomes(gate)).hasSize(1);
    }
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream().raw("data: ");
                  for (int i = 0; i < 1_000; i++) {
                    stream.raw(filler);
                  }
                });
        TestGate gate = gate(server.url())) {
      JsonNode answer = client(gate).call(1, "read_a").message();
      assertThat(answer.at("/error/message").asText()).isEqualTo("upstream response too large");
      assertThat(outcomes(gate)).hasSize(1);
    }
  }

  @Test
  void aSlowReaderHoldsTheServerBackAndNothingIsKeptForIt() throws Exception {
    AtomicLong sent = new AtomicLong();
    String log =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\""
            + "x".repeat(60_000)
            + "\"}}";
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream();
                  for (int i = 0; i < 3_000; i++) {
                    stream.event(log);
                    sent.addAndGet(log.length());
                  }
                  stream.event(answer(r, OK)).end();
                });
        TestGate gate = gate(server.url());
        Got got = client(gate).call(1, "read_a")) {
      assertThat(got.message().has("method")).isTrue();
      long before = -1;
      while (sent.get() != before) {
        before = sent.get();
        Pause.idle(Duration.ofMillis(300));
      }
      assertThat(before).as("it stopped long before 180 MB").isLessThan(60_000_000);
      while (got.response().body().read(new byte[1 << 16]) >= 0) {
        // And goes on when it is read.
      }
      assertThat(sent.get()).isEqualTo(3_000L * log.length());
      assertThat(outcomes(gate)).hasSize(1);
    }
  }

  @Test
  void aSessionIdWithOtherCharactersIsNoSession() throws Exception {
    for (String id : List.of("a b", "a\u00e9", "x".repeat(2_000))) {
      try (FakeMcpServer server =
              new FakeMcpServer((r, reply) -> reply.header("Mcp-Session-Id", id).result(r, "{}"));
          TestGate gate = gate(server.url())) {
        Got got = client(gate).request(1, "initialize", "{}");
        assertThat(got.header("Mcp-Session-Id")).as(id).isNull();
        assertThat(got.json().has("error")).isTrue();
      }
    }
    try (ScriptedServer server =
            new ScriptedServer(
                out ->
                    write(
                        out,
                        "HTTP/1.1 200 OK\r\nMcp-Session-Id: a\u0001b\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
        TestGate gate = gate(server.url())) {
      JsonNode got = client(gate).request(1, "initialize", "{}").json();
      assertThat(got.at("/error/code").asInt()).isEqualTo(-32603);
    }
  }

  @Test
  void hundredsOfOpenStreamsAreServedSideBySide() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream().raw(": in\n\n");
                  assertThat(go.await(50, TimeUnit.SECONDS)).isTrue();
                  stream.event(answer(r, OK)).end();
                });
        TestGate gate = gate(server.url())) {
      McpClient client = client(gate);
      List<Got> open = new java.util.ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Got got = client.call(i, "read_a");
        assertThat(got.piece()).isEqualTo(": in");
        open.add(got);
      }
      go.countDown();
      for (Got got : open) {
        assertThat(got.message().has("result")).isTrue();
        got.close();
      }
      until(() -> outcomes(gate).size() == 300);
    }
  }
}
