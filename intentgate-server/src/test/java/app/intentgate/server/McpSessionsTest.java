package app.intentgate.server;

import static app.intentgate.server.exchange.FakeMcpServer.answer;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.FakeMcpServer.Seen;
import app.intentgate.testing.Pause;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The era of sessions (mcp L1-L11): what a client sees is the server behind, and no more. */
@Timeout(60)
class McpSessionsTest {
  private static final String OK = "{\"content\":[{\"type\":\"text\",\"text\":\"ok\"}]}";

  @TempDir Path directory;

  /** A server with sessions; what it does beside that is the test's. */
  private FakeMcpServer server(FakeMcpServer.Script script) throws Exception {
    return new FakeMcpServer(
        (request, reply) -> {
          if (request.rpc().equals("initialize")) {
            reply
                .header("Mcp-Session-Id", "up-1")
                .result(
                    request,
                    "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{},"
                        + "\"prompts\":{}},\"serverInfo\":{\"name\":\"fake\"},"
                        + "\"instructions\":\"be kind\"}");
          } else if (request.header("Mcp-Session-Id") == null) {
            reply.json(
                400,
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,"
                    + "\"message\":\"Bad Request: no session\"}}");
          } else if (!"up-1".equals(request.header("Mcp-Session-Id"))) {
            reply.json(
                404,
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,"
                    + "\"message\":\"Session not found\"}}");
          } else {
            script.play(request, reply);
          }
        });
  }

  private TestGate gate(FakeMcpServer server, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "UPSTREAM_URL";
    all[1] = server.url();
    all[2] = "UPSTREAM_TIMEOUT_MS";
    all[3] = "5000";
    System.arraycopy(more, 0, all, 4, more.length);
    return TestGate.start(directory, all);
  }

  private static McpClient client(TestGate gate) throws Exception {
    return new McpClient(gate, gate.mint(Grant.to("agent"))).initialize();
  }

  private static List<AuditEvent> outcomes(TestGate gate) {
    return gate.events().stream()
        .map(stored -> stored.event())
        .filter(event -> event.phase() == AuditPhase.OUTCOME)
        .toList();
  }

  @Test
  void l1InitializeIsTheServersOwnAndADeniedFeatureIsNotOffered() throws Exception {
    try (FakeMcpServer server = server((r, reply) -> reply.empty(202));
        TestGate gate = gate(server);
        TestGate strict = gate(server, "MCP_METHODS", "{\"prompts/*\":\"deny\"}")) {
      McpClient plain = new McpClient(gate, gate.mint(Grant.to("agent")));
      McpClient other = new McpClient(strict, strict.mint(Grant.to("agent")));
      JsonNode result = plain.request(1, "initialize", "{}").json().path("result");
      JsonNode narrowed = other.request(1, "initialize", "{}").json().path("result");

      assertThat(result.path("instructions").asText()).isEqualTo("be kind");
      assertThat(result.has("_intentgate")).as("nothing of ours in it").isFalse();
      assertThat(result.path("capabilities").has("prompts")).isTrue();
      assertThat(narrowed.path("capabilities").has("prompts")).isFalse();
      assertThat(narrowed.path("capabilities").has("tools")).isTrue();
    }
  }

  @Test
  void l2ASessionIsSealedAndBoundToTheTokenThatOpenedIt() throws Exception {
    try (FakeMcpServer server = server((r, reply) -> reply.result(r, OK));
        TestGate gate = gate(server)) {
      McpClient mine = new McpClient(gate, gate.mint(Grant.to("agent")));
      String id = mine.request(0, "initialize", "{}").header("Mcp-Session-Id");
      assertThat(id).doesNotContain("up-1").matches("[A-Za-z0-9_-]+");
      mine.with("Mcp-Session-Id", id);

      assertThat(mine.call(1, "read_a").json().at("/result/content/0/text").asText())
          .isEqualTo("ok");
      Seen forwarded = server.seen().get(server.seen().size() - 1);
      assertThat(forwarded.header("Mcp-Session-Id")).isEqualTo("up-1");
      assertThat(forwarded.header("Authorization")).isNull();

      int before = server.seen().size();
      McpClient thief = new McpClient(gate, gate.mint(Grant.to("agent")));
      for (String stolen : List.of(id, "up-1", id.substring(0, id.length() - 1) + "A", "x y")) {
        thief.with("Mcp-Session-Id", stolen);
        assertThat(thief.call(1, "read_a").status()).as(stolen).isEqualTo(404);
        assertThat(thief.request(2, "tools/list", "{}").status()).isEqualTo(404);
        assertThat(thief.send("GET", "").status()).isEqualTo(404);
        assertThat(thief.send("DELETE", "").status()).isEqualTo(404);
      }
      assertThat(server.seen()).as("nothing of that went on").hasSize(before);
      assertThat(gate.events().stream().map(e -> e.event().sessionId()))
          .as("the audit names sessions without giving them away")
          .contains(id.substring(0, 16))
          .doesNotContain(id);
    }
  }

  @Test
  void l3AnEndedSessionIs404AndAMissingOne400() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  if (r.rpc().equals("initialize")) {
                    reply.header("Mcp-Session-Id", "gone").result(r, "{}");
                  } else {
                    reply.json(
                        r.header("Mcp-Session-Id") == null ? 400 : 404,
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,"
                            + "\"message\":\"no session\"}}");
                  }
                });
        TestGate gate = gate(server)) {
      Got ended = client(gate).call(5, "read_a");
      Got missing = new McpClient(gate, gate.mint(Grant.to("b"))).legacy().call(6, "read_a");

      assertThat(ended.status()).isEqualTo(404);
      assertThat(ended.json().path("id").asInt()).isEqualTo(5);
      assertThat(missing.status()).isEqualTo(400);
      assertThat(missing.json().at("/error/message").asText()).isEqualTo("no session");
    }
  }

  @Test
  void l4DeleteIsRelayedWithItsStatus() throws Exception {
    try (FakeMcpServer server =
            server((r, reply) -> reply.empty(r.method().equals("DELETE") ? 204 : 202));
        TestGate gate = gate(server)) {
      assertThat(client(gate).send("DELETE", "").status()).isEqualTo(204);
      assertThat(server.seen().get(server.seen().size() - 1).header("Mcp-Session-Id"))
          .isEqualTo("up-1");
    }
    try (FakeMcpServer server = server((r, reply) -> reply.empty(405));
        TestGate gate = gate(server)) {
      assertThat(client(gate).send("DELETE", "").status()).isEqualTo(405);
    }
  }

  @Test
  void l4AndM10ARevokedTokenEndsItsStreams() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (FakeMcpServer server =
            server(
                (r, reply) -> {
                  if (r.method().equals("DELETE")) {
                    reply.empty(204);
                    return;
                  }
                  FakeMcpServer.Stream stream = reply.stream().raw(": hello\n\n");
                  stream.awaitGone();
                  gone.countDown();
                });
        TestGate gate = gate(server)) {
      String token = gate.mint(Grant.to("agent"));
      McpClient client = new McpClient(gate, token).initialize();
      try (Got stream = client.send("GET", "")) {
        assertThat(stream.piece()).isEqualTo(": hello");
        gate.server().gate().revoke(CapabilityToken.decode(token).id(), "lost");
        while (stream.piece() != null) {
          // What came until then.
        }
      }
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      until(() -> server.seen().stream().anyMatch(r -> r.method().equals("DELETE")));
      assertThat(client.call(1, "read_a").status()).isEqualTo(401);
    }
  }

  @Test
  void l5TheServersOwnStreamIsRelayedAndWantsAToken() throws Exception {
    try (FakeMcpServer server =
            server(
                (r, reply) ->
                    reply.stream()
                        .event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}")
                        .end());
        TestGate gate = gate(server, "REQUIRE_CAPABILITY", "true")) {
      McpClient client = client(gate);
      try (Got stream = client.send("GET", "")) {
        assertThat(stream.isStream()).isTrue();
        assertThat(stream.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(stream.message().path("method").asText()).isEqualTo("notifications/message");
        assertThat(stream.message()).isNull();
      }
      assertThat(new McpClient(gate, null).legacy().send("GET", "").status()).isEqualTo(401);
      assertThat(client.with("Accept", "application/json").send("GET", "").status()).isEqualTo(406);
    }
    try (FakeMcpServer server = server((r, reply) -> reply.header("Allow", "POST").empty(405));
        TestGate gate = gate(server)) {
      assertThat(client(gate).send("GET", "").status()).isEqualTo(405);
    }
  }

  @Test
  void l6TheClientsAnswerReachesTheServerThatAskedAndNoOtherDoes() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (FakeMcpServer server =
            server(
                (r, reply) -> {
                  if (r.rpc().isEmpty()) {
                    reply.empty(202);
                    answered.countDown();
                    return;
                  }
                  FakeMcpServer.Stream stream = reply.stream();
                  stream.event("{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"method\":\"roots/list\"}");
                  assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
                  stream.event(answer(r, OK)).end();
                });
        TestGate gate = gate(server)) {
      McpClient client = client(gate);
      try (Got stream = client.call(1, "read_a")) {
        JsonNode asked = stream.message();
        assertThat(asked.path("id").asText()).isEqualTo("ask-1");
        String other = "{\"jsonrpc\":\"2.0\",\"id\":\"ask-2\",\"result\":{}}";
        Got refused = client.post(other);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(-32600);

        String mine = "{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"result\":{\"roots\":[]}}";
        assertThat(client.post(mine).status()).isEqualTo(202);
        assertThat(client.post(mine).status()).as("once").isEqualTo(400);
        assertThat(stream.message().at("/result/_intentgate/decision").asText()).isEqualTo("allow");
      }
      assertThat(
              new McpClient(gate, gate.mint(Grant.to("x")))
                  .legacy()
                  .post("{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"result\":{}}")
                  .status())
          .as("without a session")
          .isEqualTo(400);
    }
  }

  @Test
  void l7NotificationsReachTheSameSessionWhileACallIsOpen() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (FakeMcpServer server =
            server(
                (r, reply) -> {
                  if (r.rpc().equals("notifications/cancelled")) {
                    reply.empty(202);
                    cancelled.countDown();
                    return;
                  }
                  FakeMcpServer.Stream stream = reply.stream().raw(": working\n\n");
                  assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
                  stream.event(answer(r, OK)).end();
                });
        TestGate gate = gate(server)) {
      McpClient client = client(gate);
      try (Got stream = client.call(1, "read_a")) {
        assertThat(stream.piece()).isEqualTo(": working");
        Got got =
            client.post(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                    + "\"params\":{\"requestId\":1}}");
        assertThat(got.status()).isEqualTo(202);
        assertThat(got.text()).isEmpty();
        assertThat(stream.message().has("result")).isTrue();
      }
    }
  }

  @Test
  void l8AClientThatLeavesCancelsNothingAndTheOutcomeIsRecorded() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (FakeMcpServer server =
            server(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream().raw(": working\n\n");
                  assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
                  for (int i = 0; i < 20; i++) {
                    stream.raw(": still\n\n");
                    Pause.slow(Duration.ofMillis(5));
                  }
                  stream.event(answer(r, OK)).end();
                  done.countDown();
                });
        TestGate gate = gate(server)) {
      Got stream = client(gate).call(1, "read_a");
      assertThat(stream.piece()).isEqualTo(": working");
      stream.close();
      left.countDown();
      assertThat(done.await(20, TimeUnit.SECONDS)).as("the call went on").isTrue();
      until(() -> outcomes(gate).size() == 1);
      assertThat(outcomes(gate).get(0).decision()).isEqualTo(AuditDecision.ALLOW);
    }
  }

  @Test
  void l9AnAnswerThatComesOnAResumedStreamIsTheCallsOwn() throws Exception {
    try (FakeMcpServer server =
            server(
                (r, reply) -> {
                  if (r.method().equals("GET")) {
                    assertThat(r.header("Last-Event-ID")).isEqualTo("e-1");
                    reply.stream()
                        .raw(
                            "id: e-2\ndata: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":"
                                + OK
                                + "}\n\n")
                        .raw("data: {\"jsonrpc\":\"2.0\",\"id\":8,\"result\":{\"not\":1}}\n\n")
                        .end();
                  } else {
                    reply.stream().raw("id: e-1\nretry: 5\ndata:\n\n").end();
                  }
                });
        TestGate gate = gate(server)) {
      McpClient client = client(gate);
      try (Got first = client.call(7, "read_a")) {
        assertThat(first.piece()).isEqualTo("id: e-1\nretry: 5\ndata:");
        assertThat(first.piece()).isNull();
      }
      assertThat(outcomes(gate)).as("not the end of the call").isEmpty();
      client.with("Last-Event-ID", "e-1");
      try (Got resumed = client.send("GET", "")) {
        String piece = resumed.piece();
        assertThat(piece).startsWith("id: e-2\ndata: ").contains("\"_intentgate\"");
        assertThat(resumed.piece()).as("an answer nobody waits for is dropped").isNull();
      }
      until(() -> outcomes(gate).size() == 1);
      assertThat(outcomes(gate).get(0).decision()).isEqualTo(AuditDecision.ALLOW);
      assertThat(gate.events().stream().map(e -> e.event().reason()))
          .contains("a response to a request that does not wait for one");
    }
  }

  @Test
  void l10AVersionTheServerRefusesIsItsOwn400() throws Exception {
    try (FakeMcpServer server =
            server(
                (r, reply) ->
                    reply.json(
                        400,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32600,"
                            + "\"message\":\"Unsupported protocol version\"}}"));
        TestGate gate = gate(server)) {
      Got got = client(gate).with("MCP-Protocol-Version", "1999-01-01").request(1, "ping", "{}");
      assertThat(got.status()).isEqualTo(400);
      assertThat(server.seen().get(server.seen().size() - 1).header("MCP-Protocol-Version"))
          .isEqualTo("1999-01-01");
      assertThat(got.json().at("/error/message").asText()).contains("Unsupported");
    }
  }

  @Test
  void l11TheMethodsOfTheSpecificationAreRelayedAndNoOther() throws Exception {
    try (FakeMcpServer server = server((r, reply) -> reply.result(r, "{\"seen\":true}"));
        TestGate gate = gate(server)) {
      McpClient client = client(gate);
      for (String method :
          List.of(
              "ping",
              "logging/setLevel",
              "resources/list",
              "resources/read",
              "resources/subscribe",
              "prompts/get",
              "completion/complete",
              "tasks/get")) {
        JsonNode answer = client.request(1, method, "{}").json();
        assertThat(answer.at("/result/seen").asBoolean()).as(method).isTrue();
        assertThat(answer.path("result").has("_intentgate")).as(method).isFalse();
      }
      int before = server.seen().size();
      assertThat(client.request(1, "secrets/dump", "{}").json().at("/error/code").asInt())
          .isEqualTo(-32601);
      assertThat(client.request(1, "server/discover", "{}").json().at("/error/code").asInt())
          .isEqualTo(-32601);
      assertThat(server.seen()).hasSize(before);
      assertThat(gate.events().stream().map(e -> e.event().tool()))
          .contains("mcp:resources/read", "mcp:initialize")
          .doesNotContain("mcp:ping");
    }
  }

  @Test
  void aTokenThatListsItsToolsNamesOtherMethodsToo() throws Exception {
    String policy = "{\"logging/*\":\"deny\",\"resources/list\":\"judge\"}";
    try (FakeMcpServer server =
            server(
                (r, reply) ->
                    reply.result(
                        r,
                        "{\"tools\":[{\"name\":\"read_a\",\"x\":1},{\"name\":\"write_b\"}],"
                            + "\"prompts\":[{\"name\":\"p\"}]}"));
        TestGate gate = gate(server, "MCP_METHODS", policy)) {
      McpClient narrow =
          new McpClient(gate, gate.mint(Grant.to("a").tools("read_*", "mcp:prompts/get")))
              .initialize();
      assertThat(narrow.request(1, "tools/list", "{}").json().at("/result/tools").toString())
          .isEqualTo("[{\"name\":\"read_a\",\"x\":1}]");
      assertThat(narrow.request(1, "prompts/get", "{}").json().has("result")).isTrue();
      assertThat(narrow.request(1, "prompts/list", "{}").json().at("/result/prompts")).hasSize(1);
      assertThat(narrow.request(1, "resources/read", "{}").json().at("/error/code").asInt())
          .isEqualTo(-32010);
      assertThat(narrow.request(1, "resources/list", "{}").json().at("/error/code").asInt())
          .as("judged, and not among its tools")
          .isEqualTo(-32010);
      assertThat(narrow.request(1, "logging/setLevel", "{}").json().at("/error/code").asInt())
          .isEqualTo(-32601);
    }
  }

  @Test
  void callersWithoutASessionAreServedInOneOfTheGates() throws Exception {
    try (FakeMcpServer server =
            server(
                (r, reply) -> {
                  if (!r.rpc().equals("tools/call")) {
                    reply.empty(202);
                    return;
                  }
                  reply.stream()
                      .event("{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"roots/list\"}")
                      .event(answer(r, OK))
                      .end();
                });
        TestGate gate = gate(server)) {
      String token = gate.mint(Grant.to("agent"));
      for (int i = 0; i < 3; i++) {
        assertThat(
                TestGate.json(gate.call("read_a", "Authorization", "Bearer " + token))
                    .at("/result/content/0/text")
                    .asText())
            .isEqualTo("ok");
      }
      assertThat(
              TestGate.json(
                      gate.post(
                          "/v1/tool-call",
                          "{\"tool\":\"read_a\"}",
                          "Authorization",
                          "Bearer " + token))
                  .at("/result/content/0/text")
                  .asText())
          .isEqualTo("ok");
      assertThat(server.seen().stream().filter(r -> r.rpc().equals("initialize"))).hasSize(1);
      until(
          () -> server.seen().stream().anyMatch(r -> r.json().at("/error/code").asInt() == -32601));
      assertThat(outcomes(gate)).hasSize(4);
    }
  }
}
