package app.intentgate.server;

import static app.intentgate.server.exchange.FakeMcpServer.answer;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.FakeMcpServer.Seen;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stateless era of 2026-07-28 (mcp M1-M16), on the same address as the era of sessions. */
@Timeout(60)
class McpStatelessTest {
  private static final String DONE =
      "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"ok\"}]}";
  private static final String CALL = "\"name\":\"read_a\",\"arguments\":{\"a\":1}";

  @TempDir Path directory;

  private TestGate gate(FakeMcpServer server, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "UPSTREAM_URL";
    all[1] = server.url();
    System.arraycopy(more, 0, all, 2, more.length);
    return TestGate.start(directory, all);
  }

  private static McpClient client(TestGate gate) {
    return new McpClient(gate, gate.mint(Grant.to("agent")));
  }

  private static List<AuditEvent> events(TestGate gate, AuditPhase phase) {
    return gate.events().stream()
        .map(stored -> stored.event())
        .filter(event -> event.phase() == phase)
        .toList();
  }

  @Test
  void m1ThereIsNoSessionAndGetAndDeleteAreTheServersOwn405() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  if (r.method().equals("POST")) {
                    reply.result(r, DONE);
                  } else {
                    reply.header("Allow", "POST").empty(405);
                  }
                });
        TestGate gate = gate(server)) {
      Got got = client(gate).modern(1, "tools/call", "read_a", CALL);
      assertThat(got.header("Mcp-Session-Id")).isNull();
      assertThat(got.json().at("/result/_intentgate/decision").asText()).isEqualTo("allow");
      for (String method : List.of("GET", "DELETE")) {
        assertThat(
                client(gate).with("MCP-Protocol-Version", "2026-07-28").send(method, "").status())
            .isEqualTo(405);
      }
    }
  }

  @Test
  void m2AndM13DiscoverIsRelayedWithItsMetaUntouched() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer((r, reply) -> reply.result(r, "{\"supportedVersions\":[\"x\"]}"));
        TestGate gate = gate(server, "REQUIRE_CAPABILITY", "true")) {
      JsonNode got = client(gate).modern(1, "server/discover", "", "\"x\":{\"y\":1}").json();
      assertThat(got.at("/result/supportedVersions/0").asText()).isEqualTo("x");
      Seen seen = server.seen().get(0);
      assertThat(seen.json().path("params").toString())
          .isEqualTo(McpClient.modernParams("\"x\":{\"y\":1}"));
      assertThat(seen.header("Mcp-Method")).isEqualTo("server/discover");
      assertThat(new McpClient(gate, null).modern(1, "server/discover", "", "").status())
          .isEqualTo(401);
    }
  }

  @Test
  void m3HeadersThatSayOtherThanTheBodyAreRefusedBeforeAnyDecision() throws Exception {
    try (FakeMcpServer server = new FakeMcpServer((r, reply) -> reply.result(r, DONE));
        TestGate gate = gate(server)) {
      String body =
          "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":"
              + McpClient.modernParams(CALL)
              + "}";
      String[][] wrong = {
        {"2026-07-28", "tools/call", "drop_table"},
        {"2026-07-28", "tools/call", "READ_A"},
        {"2026-07-28", "tools/list", "read_a"},
        {"2026-07-28", "Tools/Call", "read_a"},
        {"2025-11-25", "tools/call", "read_a"},
        {"2026-07-28", "tools/call", null},
        {"2026-07-28", null, "read_a"},
        {null, "tools/call", "read_a"},
        {"2026-07-28", "tools/call", "=?base64?!!?="},
      };
      for (String[] each : wrong) {
        McpClient client = client(gate);
        String[] names = {"MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"};
        for (int i = 0; i < 3; i++) {
          if (each[i] != null) {
            client.with(names[i], each[i]);
          }
        }
        Got got = client.post(body);
        assertThat(got.status()).as(String.join(",", names)).isEqualTo(400);
        JsonNode answer = got.json();
        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32020);
        assertThat(answer.path("id").asInt()).isEqualTo(4);
      }
      assertThat(events(gate, AuditPhase.DECISION)).as("nothing was decided").isEmpty();
      assertThat(server.seen()).isEmpty();

      McpClient encoded =
          client(gate)
              .with("MCP-Protocol-Version", "2026-07-28")
              .with("Mcp-Method", " tools/call ")
              .with("Mcp-Name", "=?base64?cmVhZF9h?=");
      assertThat(encoded.post(body).status()).isEqualTo(200);

      McpClient legacy = client(gate).legacy().with("Mcp-Name", "read_a");
      assertThat(legacy.call(1, "read_b").status()).as("in the other era too").isEqualTo(400);
    }
  }

  @Test
  void m3ResourcesPromptsAndTasksAreNamedInTheHeaderToo() throws Exception {
    try (FakeMcpServer server = new FakeMcpServer((r, reply) -> reply.result(r, DONE));
        TestGate gate = gate(server)) {
      McpClient client = client(gate);
      String[][] named = {
        {"resources/read", "uri"},
        {"prompts/get", "name"},
        {"tasks/get", "taskId"},
        {"tasks/update", "taskId"},
        {"tasks/cancel", "taskId"}
      };
      for (String[] each : named) {
        String params = "\"" + each[1] + "\":\"x:1\"";
        for (String name : List.of("x:2", "X:1", "")) {
          Got got = client.modern(3, each[0], name, params);
          assertThat(got.status()).as(each[0] + " " + name).isEqualTo(400);
          assertThat(got.json().at("/error/code").asInt()).isEqualTo(-32020);
        }
        assertThat(server.seen()).isEmpty();
      }
      for (String[] each : named) {
        Got got = client.modern(3, each[0], "x:1", "\"" + each[1] + "\":\"x:1\"");
        assertThat(got.status()).as(each[0]).isEqualTo(200);
      }
      assertThat(server.seen()).hasSize(named.length);
    }
  }

  @Test
  void m4ParameterHeadersGoOnAsTheyAre() throws Exception {
    try (FakeMcpServer server = new FakeMcpServer((r, reply) -> reply.result(r, DONE));
        TestGate gate = gate(server)) {
      client(gate)
          .with("Mcp-Param-City", "=?base64?WsO8cmljaA==?=")
          .modern(1, "tools/call", "read_a", CALL);
      assertThat(server.seen().get(0).header("Mcp-Param-City"))
          .isEqualTo("=?base64?WsO8cmljaA==?=");
    }
  }

  @Test
  void m5AFilteredListIsPrivateAndItsSchemasAreUntouched() throws Exception {
    String schema =
        "{\"$schema\":\"s\",\"$defs\":{\"a\":{}},\"x-mcp-header\":\"City\",\"type\":\"object\"}";
    String list =
        "{\"resultType\":\"complete\",\"ttlMs\":5000,\"cacheScope\":\"public\",\"tools\":["
            + "{\"name\":\"write_b\"},{\"name\":\"read_a\",\"inputSchema\":"
            + schema
            + "}]}";
    try (FakeMcpServer server = new FakeMcpServer((r, reply) -> reply.result(r, list));
        TestGate gate = gate(server)) {
      McpClient narrow = new McpClient(gate, gate.mint(Grant.to("a").tools("read_*")));
      JsonNode result = narrow.modern(1, "tools/list", "", "").json().path("result");
      assertThat(result.path("cacheScope").asText()).isEqualTo("private");
      assertThat(result.path("ttlMs").asInt()).isEqualTo(5000);
      assertThat(result.path("tools")).hasSize(1);
      assertThat(result.at("/tools/0/inputSchema").toString()).isEqualTo(schema);
    }
  }

  @Test
  void m6EveryResultOfOursSaysThatItIsComplete() throws Exception {
    try (TestGate gate = TestGate.start(directory)) {
      McpClient client = client(gate);
      JsonNode stub = client.modern(1, "tools/call", "read_a", CALL).json();
      JsonNode denied =
          client.modern(2, "tools/call", "drop_table", "\"name\":\"drop_table\"").json();
      JsonNode list = client.modern(3, "tools/list", "", "").json();
      JsonNode discovered = client.modern(4, "server/discover", "", "").json();
      for (JsonNode each : List.of(stub, denied, list, discovered)) {
        assertThat(each.at("/result/resultType").asText()).as("%s", each).isEqualTo("complete");
      }
      assertThat(denied.at("/result/isError").asBoolean()).isTrue();
      assertThat(list.at("/result/ttlMs").asInt(-1)).isZero();
      assertThat(list.at("/result/cacheScope").asText()).isEqualTo("private");
    }
  }

  @Test
  void m7ACallOfTwoRoundsIsOneCallAndItsStateCountsOnce() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  boolean first = !r.json().path("params").has("inputResponses");
                  reply.result(
                      r,
                      first
                          ? "{\"resultType\":\"input_required\",\"inputRequests\":{\"q\":{}},"
                              + "\"requestState\":\"theirs\"}"
                          : DONE);
                });
        TestGate gate = gate(server)) {
      McpClient client = new McpClient(gate, gate.mint(Grant.to("agent").maxCalls(2)));
      JsonNode asked = client.modern(1, "tools/call", "read_a", CALL).json().path("result");
      assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
      assertThat(asked.has("_intentgate")).isFalse();
      String state = asked.path("requestState").asText();
      assertThat(state).isNotEqualTo("theirs");
      assertThat(events(gate, AuditPhase.OUTCOME)).as("not its end").isEmpty();

      String next = CALL + ",\"inputResponses\":{\"q\":{}},\"requestState\":\"" + state + "\"";
      JsonNode done = client.modern(2, "tools/call", "read_a", next).json();
      assertThat(done.at("/result/_intentgate/decision").asText()).isEqualTo("allow");
      assertThat(server.seen().get(1).json().at("/params/requestState").asText())
          .isEqualTo("theirs");
      List<AuditEvent> decisions = events(gate, AuditPhase.DECISION);
      assertThat(decisions).hasSize(2);
      assertThat(decisions.get(1).callId()).isEqualTo(decisions.get(0).callId());
      assertThat(events(gate, AuditPhase.OUTCOME)).hasSize(1);

      // Used again, or for other arguments, it is a call of its own.
      String other = next.replace("\"a\":1", "\"a\":2");
      assertThat(client.modern(3, "tools/call", "read_a", other).json().has("result")).isTrue();
      assertThat(events(gate, AuditPhase.DECISION).get(2).callId())
          .isNotEqualTo(decisions.get(0).callId());
      JsonNode spent = client.modern(4, "tools/call", "read_a", next).json();
      assertThat(spent.at("/result/isError").asBoolean()).as("charged: %s", spent).isTrue();
    }
  }

  @Test
  void m9ClosingTheStreamIsTheCancellation() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  reply.stream().raw(": working\n\n").awaitGone();
                  gone.countDown();
                });
        TestGate gate = gate(server)) {
      Got stream = client(gate).modern(1, "tools/call", "read_a", CALL);
      assertThat(stream.piece()).isEqualTo(": working");
      stream.close();
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      until(() -> events(gate, AuditPhase.OUTCOME).size() == 1);
      assertThat(events(gate, AuditPhase.OUTCOME).get(0).reason()).isEqualTo("client left");
    }
  }

  @Test
  void m7AStateTooLongForOursGoesAsItIsAndBeginsACallOfItsOwn() throws Exception {
    String theirs = "x".repeat(14_000);
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) ->
                    reply.result(
                        r,
                        r.json().path("params").has("inputResponses")
                            ? DONE
                            : "{\"resultType\":\"input_required\",\"inputRequests\":{\"q\":{}},"
                                + "\"requestState\":\""
                                + theirs
                                + "\"}"));
        TestGate gate = gate(server)) {
      JsonNode asked = client(gate).modern(1, "tools/call", "read_a", CALL).json().path("result");
      assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
      assertThat(asked.path("requestState").asText()).isEqualTo(theirs);
      until(() -> events(gate, AuditPhase.OUTCOME).size() == 1);

      String next = CALL + ",\"inputResponses\":{\"q\":{}},\"requestState\":\"" + theirs + "\"";
      JsonNode done = client(gate).modern(2, "tools/call", "read_a", next).json();
      assertThat(done.at("/result/_intentgate/decision").asText()).isEqualTo("allow");
      assertThat(server.seen().get(1).json().at("/params/requestState").asText()).isEqualTo(theirs);
      until(() -> events(gate, AuditPhase.OUTCOME).size() == 2);
      List<AuditEvent> decisions = events(gate, AuditPhase.DECISION);
      assertThat(decisions.get(1).callId()).isNotEqualTo(decisions.get(0).callId());
    }
  }

  private static byte[] callAs(TestGate gate, String accept) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + McpClient.modernParams(CALL)
            + "}";
    return ("POST /v1/mcp HTTP/1.1\r\nHost: localhost\r\nAccept: "
            + accept
            + "\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\n"
            + "Mcp-Name: read_a\r\nAuthorization: Bearer "
            + gate.mint(Grant.to("agent"))
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void m9AClientThatLeavesBeforeTheServerSaidAnythingIsForgotten() throws Exception {
    Semaphore asked = new Semaphore(0);
    CountDownLatch silent = new CountDownLatch(1);
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  asked.release();
                  silent.await();
                });
        TestGate gate = gate(server)) {
      int clients = 8;
      for (int i = 0; i < clients; i++) {
        try (Socket socket = RawHttp.connect(gate.port())) {
          socket.getOutputStream().write(callAs(gate, "application/json, text/event-stream"));
          assertThat(asked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
      }
      until(
          "no connection to be open",
          () ->
              Stream.of(gate.server().listening().getConnectors())
                  .allMatch(connector -> connector.getConnectedEndPoints().isEmpty()));
      until(() -> events(gate, AuditPhase.OUTCOME).size() == clients);
      silent.countDown();
    }
  }

  @Test
  void m9AClientThatReadsOnlyJsonCancelsByLeavingToo() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream().raw(": working\n\n");
                  working.countDown();
                  stream.awaitGone();
                  gone.countDown();
                });
        TestGate gate = gate(server)) {
      try (Socket socket = RawHttp.connect(gate.port())) {
        socket.getOutputStream().write(callAs(gate, "application/json"));
        assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      until(() -> !events(gate, AuditPhase.OUTCOME).isEmpty());
      assertThat(events(gate, AuditPhase.OUTCOME))
          .singleElement()
          .extracting(AuditEvent::reason)
          .isEqualTo("client left");
    }
  }

  @Test
  void m10AListeningStreamStaysAndEndsWithItsToken() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream();
                  stream.event(
                      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                          + "\"params\":{\"_meta\":{\"subscriptionId\":"
                          + r.id()
                          + "}}}");
                  stream.awaitGone();
                  gone.countDown();
                });
        TestGate gate = gate(server, "UPSTREAM_TIMEOUT_MS", "300")) {
      String token = gate.mint(Grant.to("agent"));
      McpClient client = new McpClient(gate, token);
      try (Got stream = client.modern(77, "subscriptions/listen", "", "")) {
        assertThat(stream.message().at("/params/_meta/subscriptionId").asInt()).isEqualTo(77);
        for (int i = 0; i < 40; i++) {
          assertThat(stream.piece()).as("past the time limit").isEqualTo(": still there");
        }
        gate.server().gate().revoke(CapabilityToken.decode(token).id(), "lost");
        while (stream.piece() != null) {
          // What came until then.
        }
      }
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void m11ARequestOfTheServerEndsItsStream() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  FakeMcpServer.Stream stream = reply.stream();
                  stream.event("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"}");
                  stream.awaitGone();
                });
        TestGate gate = gate(server)) {
      String all = client(gate).modern(1, "tools/call", "read_a", CALL).text();
      assertThat(all).doesNotContain("roots/list").contains("-32603");
      assertThat(gate.events().stream().map(e -> e.event().reason()))
          .contains("a request of the server in the stateless era");
    }
  }

  @Test
  void m12AndM15StatusesOfTheServerStayAndUnknownMethodsAre404() throws Exception {
    String unsupported =
        "\"error\":{\"code\":-32022,\"message\":\"Unsupported\","
            + "\"data\":{\"supported\":[\"2025-11-25\"],\"requested\":\"2026-07-28\"}}}";
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) ->
                    reply.json(400, "{\"jsonrpc\":\"2.0\",\"id\":" + r.id() + "," + unsupported));
        TestGate gate = gate(server)) {
      Got refused = client(gate).modern(1, "tools/list", "", "");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().at("/error/data/supported/0").asText()).isEqualTo("2025-11-25");
      for (String method :
          List.of("ping", "logging/setLevel", "resources/subscribe", "tasks/result", "x/y")) {
        Got got = client(gate).modern(2, method, "", "");
        assertThat(got.status()).as(method).isEqualTo(404);
        assertThat(got.json().at("/error/code").asInt()).isEqualTo(-32601);
      }
      Got meta =
          client(gate).with("MCP-Protocol-Version", "2026-07-28").request(3, "tools/list", "{}");
      assertThat(meta.status()).isEqualTo(400);
      assertThat(meta.json().at("/error/code").asInt()).isEqualTo(-32602);
    }
  }

  @Test
  void m14AProbeOfTheEraIsAnsweredByTheServer() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (r, reply) -> {
                  if (r.rpc().equals("initialize")) {
                    reply.result(r, "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
                  } else {
                    reply.json(
                        400,
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,"
                            + "\"message\":\"Bad Request\"}}");
                  }
                });
        TestGate gate = gate(server)) {
      assertThat(client(gate).modern(1, "server/discover", "", "").status()).isEqualTo(400);
      assertThat(client(gate).request(2, "initialize", "{}").status())
          .as("then the other era, on the same address")
          .isEqualTo(200);
    }
  }

  @Test
  void m16ErrorsCarryTheIdOfTheirRequest() throws Exception {
    try (FakeMcpServer server = new FakeMcpServer((r, reply) -> reply.json(200, answer(r, DONE)));
        TestGate gate = gate(server)) {
      McpClient client = client(gate);
      assertThat(client.modern(31, "x/y", "", "").json().path("id").asInt()).isEqualTo(31);
      String text =
          "{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"method\":\"tools/list\",\"params\":"
              + McpClient.modernParams("")
              + "}";
      Got got =
          client
              .with("MCP-Protocol-Version", "2026-07-28")
              .with("Mcp-Method", "tools/call")
              .post(text);
      assertThat(got.json().path("id").asText()).isEqualTo("s-1");
    }
  }
}
