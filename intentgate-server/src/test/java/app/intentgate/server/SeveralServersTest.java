package app.intentgate.server;

import static app.intentgate.server.ServersFixture.answer;
import static app.intentgate.server.ServersFixture.client;
import static app.intentgate.server.ServersFixture.entry;
import static app.intentgate.server.ServersFixture.names;
import static app.intentgate.server.ServersFixture.plain;
import static app.intentgate.server.ServersFixture.seen;
import static app.intentgate.server.ServersFixture.server;
import static app.intentgate.server.ServersFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.FakeMcpServer.Stream;
import app.intentgate.testing.FreePort;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several tool servers that look like one, in the era of sessions (mcp L1-L9). */
@Timeout(60)
class SeveralServersTest {
  @TempDir Path directory;

  private TestGate gate(FakeMcpServer one, FakeMcpServer two, String... more) throws Exception {
    return ServersFixture.gate(
        directory, List.of(entry("sap", one.url(), ""), entry("crm", two.url(), "")), more);
  }

  @Test
  void l1InitializeJoinsWhatTheServersSayAndOffersTheLowestVersion() throws Exception {
    try (FakeMcpServer sap = server("sap", "2025-06-18", (r, reply) -> reply.empty(202));
        FakeMcpServer crm = server("crm", "2025-11-25", (r, reply) -> answer("crm", r, reply));
        TestGate gate = gate(sap, crm)) {
      McpClient client = new McpClient(gate, gate.mint(Grant.to("agent")));
      Got got = client.request(1, "initialize", "{\"protocolVersion\":\"2025-11-25\"}");
      JsonNode result = got.json().path("result");

      assertThat(result.path("protocolVersion").asText()).isEqualTo("2025-06-18");
      assertThat(result.path("capabilities").has("sap-feature")).isTrue();
      assertThat(result.path("capabilities").has("crm-feature")).isTrue();
      assertThat(result.path("instructions").asText()).contains("I am sap").contains("I am crm");
      assertThat(got.header("Mcp-Session-Id")).doesNotContain("sap-session");
      client
          .with("Mcp-Session-Id", String.valueOf(got.header("Mcp-Session-Id")))
          .with("MCP-Protocol-Version", "2025-06-18");
      assertThat(client.call(2, "crm_read").json().toString()).contains("crm");
      assertThat(seen(crm, "tools/call").get(0).header("MCP-Protocol-Version"))
          .as("each server is spoken to as agreed with it")
          .isEqualTo("2025-11-25");
    }
  }

  @Test
  void listsAreMergedAndEachCallGoesToItsServerUnderTheServersOwnNameAndCredential()
      throws Exception {
    try (FakeMcpServer sap = plain("sap");
        FakeMcpServer crm = plain("crm");
        TestGate gate =
            ServersFixture.gate(
                directory,
                List.of(
                    entry("sap", sap.url(), ",\"auth_header\":\"X-Key: for-sap\""),
                    entry("crm", crm.url(), ",\"auth_header\":\"X-Key: for-crm\"")),
                "UPSTREAM_TOOL_CREDENTIALS",
                "{\"crm.read\":\"X-Tool: for-crm-read\"}")) {
      McpClient client = client(gate);

      assertThat(names(client.request(1, "tools/list", "{}").json(), "tools"))
          .containsExactly("sap_read", "crm_read");
      assertThat(client.call(2, "sap_read").json().at("/result/content/0/text").asText())
          .isEqualTo("sap");
      assertThat(client.call(3, "crm_read").json().at("/result/content/0/text").asText())
          .isEqualTo("crm");
      assertThat(client.call(4, "read").json().at("/error/message").asText())
          .isEqualTo("Unknown tool: read");
      assertThat(seen(sap, "tools/call")).hasSize(1);
      assertThat(seen(crm, "tools/call").get(0).json().at("/params/name").asText())
          .isEqualTo("read");
      assertThat(sap.seen())
          .allMatch(r -> "for-sap".equals(r.header("X-Key")) && r.header("X-Tool") == null);
      assertThat(crm.seen()).allMatch(r -> "for-crm".equals(r.header("X-Key")));
      assertThat(seen(crm, "tools/call").get(0).header("X-Tool")).isEqualTo("for-crm-read");
      assertThat(gate.events().stream().map(e -> e.event()).map(AuditEvent::tool))
          .contains("sap.read", "crm.read", "read")
          .doesNotContain("sap_read");
    }
  }

  @Test
  void aTokenAndThePolicySeeServerAndTool() throws Exception {
    try (FakeMcpServer sap = plain("sap");
        FakeMcpServer crm = plain("crm");
        TestGate gate = gate(sap, crm)) {
      McpClient client =
          new McpClient(gate, gate.mint(Grant.to("agent").tools("sap.read"))).initialize();

      assertThat(names(client.request(1, "tools/list", "{}").json(), "tools"))
          .containsExactly("sap_read");
      assertThat(client.call(2, "crm_read").json().at("/result/isError").asBoolean()).isTrue();
      assertThat(client.call(3, "sap_read").json().at("/result/content/0/text").asText())
          .isEqualTo("sap");
      assertThat(client.call(4, "sap.read").json().at("/result/content/0/text").asText())
          .as("the name that tokens use is understood too")
          .isEqualTo("sap");
      assertThat(seen(crm, "tools/call")).isEmpty();
    }
  }

  @Test
  void longListsComePageByPageUntilEachServersIsThrough() throws Exception {
    try (FakeMcpServer sap =
            server(
                "sap",
                "2025-11-25",
                (request, reply) -> {
                  String cursor = request.json().at("/params/cursor").asText("");
                  String tool = cursor.isEmpty() ? "a" : cursor.equals("p2") ? "b" : "c";
                  String next = cursor.isEmpty() ? "p2" : cursor.equals("p2") ? "p3" : "";
                  reply.result(
                      request,
                      "{\"tools\":[{\"name\":\""
                          + tool
                          + "\"}]"
                          + (next.isEmpty() ? "" : ",\"nextCursor\":\"" + next + "\"")
                          + "}");
                });
        FakeMcpServer crm = plain("crm");
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate);
      List<String> all = new ArrayList<>();
      String params = "{}";
      for (int page = 0; page < 3; page++) {
        JsonNode answer = client.request(page, "tools/list", params).json();
        all.addAll(names(answer, "tools"));
        JsonNode next = answer.at("/result/nextCursor");
        assertThat(next.isMissingNode()).isEqualTo(page == 2);
        params = "{\"cursor\":" + next + "}";
      }

      assertThat(all).containsExactly("sap_a", "crm_read", "sap_b", "sap_c");
      assertThat(client.request(9, "tools/list", "{\"cursor\":\"x\"}").json().at("/error/code"))
          .hasToString("-32602");
    }
  }

  @Test
  void l2L4OneSessionHoldsTheSessionsWithAllIsBoundToItsTokenAndWorksOnAnotherGate()
      throws Exception {
    try (FakeMcpServer sap = plain("sap");
        FakeMcpServer crm = plain("crm");
        TestGate gate = gate(sap, crm);
        TestGate other =
            ServersFixture.gate(
                directory.resolve("other"),
                List.of(entry("sap", sap.url(), ""), entry("crm", crm.url(), "")))) {
      String token = gate.mint(Grant.to("agent"));
      McpClient client = new McpClient(gate, token);
      String id = String.valueOf(client.request(0, "initialize", "{}").header("Mcp-Session-Id"));
      McpClient there = new McpClient(other, token).legacy().with("Mcp-Session-Id", id);
      McpClient thief =
          new McpClient(gate, gate.mint(Grant.to("thief"))).legacy().with("Mcp-Session-Id", id);

      assertThat(there.call(1, "crm_read").json().at("/result/content/0/text").asText())
          .isEqualTo("crm");
      assertThat(seen(crm, "initialize")).as("no second session").hasSize(1);
      assertThat(thief.call(1, "crm_read").status()).isEqualTo(404);
      assertThat(there.send("DELETE", "").status()).isEqualTo(200);
      assertThat(sap.seen().stream().filter(r -> r.method().equals("DELETE")))
          .singleElement()
          .satisfies(r -> assertThat(r.header("Mcp-Session-Id")).isEqualTo("sap-session"));
      assertThat(crm.seen().stream().filter(r -> r.method().equals("DELETE"))).hasSize(1);
    }
  }

  @Test
  void l6RequestsOfTwoServersWithEqualIdsAreAnsweredEachToItsOwn() throws Exception {
    Map<String, BlockingQueue<String>> answers =
        Map.of(
            "sap-session", new LinkedBlockingQueue<>(), "crm-session", new LinkedBlockingQueue<>());
    FakeMcpServer.Script asks =
        (request, reply) -> {
          BlockingQueue<String> mine = answers.get(request.header("Mcp-Session-Id"));
          if (request.rpc().equals("tools/call")) {
            Stream stream = reply.stream();
            stream.event(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"elicitation/create\","
                    + "\"params\":{\"_meta\":{\"progressToken\":7}}}");
            String answer = mine.poll(20, TimeUnit.SECONDS);
            stream.event(FakeMcpServer.answer(request, text(String.valueOf(answer))));
            stream.end();
          } else {
            if (request.rpc().isEmpty() && request.method().equals("POST")) {
              mine.add(
                  request.header("Mcp-Session-Id")
                      + " "
                      + request.id()
                      + " "
                      + request.json().at("/result/said").asText());
            }
            reply.empty(202);
          }
        };
    try (FakeMcpServer sap = server("sap", "2025-11-25", asks);
        FakeMcpServer crm = server("crm", "2025-11-25", asks);
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate);
      try (Got one = client.call(11, "sap_ask");
          Got two = client.call(12, "crm_ask")) {
        JsonNode first = one.message();
        JsonNode second = two.message();
        assertThat(first.path("id")).isNotEqualTo(second.path("id"));
        assertThat(first.at("/params/_meta/progressToken"))
            .isNotEqualTo(second.at("/params/_meta/progressToken"));

        assertThat(
                client
                    .post(
                        "{\"jsonrpc\":\"2.0\",\"id\":"
                            + second.path("id")
                            + ",\"result\":{\"said\":\"to crm\"}}")
                    .status())
            .isEqualTo(202);
        assertThat(two.message().at("/result/content/0/text").asText())
            .isEqualTo("crm-session 1 to crm");
        client.post(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + first.path("id")
                + ",\"result\":{\"said\":\"to sap\"}}");
        assertThat(one.message().at("/result/content/0/text").asText())
            .isEqualTo("sap-session 1 to sap");
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}").status())
            .as("a server's bare id is nobody's")
            .isEqualTo(400);
      }
    }
  }

  @Test
  void l5L9TheServersOwnStreamsComeAsOneAndGoOnWhereTheyBroke() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    FakeMcpServer.Script streams =
        (request, reply) -> {
          if (request.method().equals("GET")) {
            String from = request.header("Last-Event-ID");
            String name = String.valueOf(request.header("Mcp-Session-Id"));
            Stream stream = reply.stream();
            stream.raw(
                "id: e1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
                    + "\"params\":{\"data\":\""
                    + name
                    + " after "
                    + from
                    + "\"}}\n\n");
            done.await(20, TimeUnit.SECONDS);
            stream.end();
          } else {
            reply.empty(202);
          }
        };
    try (FakeMcpServer sap = server("sap", "2025-11-25", streams);
        FakeMcpServer crm = server("crm", "2025-11-25", streams);
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate).with("Accept", "text/event-stream");
      List<String> pieces = new ArrayList<>();
      try (Got got = client.send("GET", "")) {
        pieces.add(got.piece());
        pieces.add(got.piece());
      }
      assertThat(pieces)
          .anySatisfy(p -> assertThat(p).startsWith("id: sap!e1").contains("sap-session after"))
          .anySatisfy(p -> assertThat(p).startsWith("id: crm!e1").contains("crm-session after"));

      pieces.clear();
      try (Got got = client.with("Last-Event-ID", "crm!e1").send("GET", "")) {
        pieces.add(got.piece());
        pieces.add(got.piece());
      }
      assertThat(pieces)
          .anySatisfy(p -> assertThat(p).contains("crm-session after e1"))
          .anySatisfy(p -> assertThat(p).contains("sap-session after null"));
      try (Got got = client.with("Last-Event-ID", "sap:e1").send("GET", "")) {
        assertThat(got.piece()).startsWith("id: sap:e1").contains("sap-session after e1");
      }
      done.countDown();
    }
  }

  @Test
  void aSlowServerAndADeadOneDelayNobodyAndWhatIsMissingIsSaid() throws Exception {
    int dead = FreePort.next();
    CountDownLatch done = new CountDownLatch(1);
    try (FakeMcpServer sap = plain("sap");
        FakeMcpServer slow =
            new FakeMcpServer(
                (request, reply) -> {
                  done.await(30, TimeUnit.SECONDS);
                  reply.empty(500);
                });
        TestGate gate =
            ServersFixture.gate(
                directory,
                List.of(
                    entry("sap", sap.url(), ""),
                    entry("slow", slow.url(), ""),
                    entry(
                        "dead",
                        "http://127.0.0.1:" + dead + "/x",
                        ",\"auth_header\":\"X-Key: secret-1\"")),
                "UPSTREAMS_WAIT_MS",
                "1000")) {
      long start = System.nanoTime();
      McpClient client = client(gate);
      JsonNode list = client.request(1, "tools/list", "{}").json();
      assertThat(names(list, "tools")).containsExactly("sap_read");
      assertThat(System.nanoTime() - start)
          .as("three questions, each waits a second at most, and not the eight of a time-out")
          .isLessThan(TimeUnit.SECONDS.toNanos(7));
      start = System.nanoTime();
      assertThat(client.call(2, "sap_read").json().toString()).contains("sap");
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(1500));
      assertThat(client.call(3, "dead_read").json().at("/error/code").asInt()).isEqualTo(-32603);

      String shown =
          gate.get("/v1/admin/upstreams", "Authorization", "Bearer " + TestGate.ADMIN).text();
      assertThat(shown).doesNotContain("secret-1");
      JsonNode servers =
          app.intentgate.server.exchange.Vectors.JSON.readTree(shown).path("upstreams");
      assertThat(servers.at("/0/status").asText()).isEqualTo("up");
      assertThat(servers.at("/0/tools/0").asText()).isEqualTo("sap.read");
      assertThat(servers.at("/2/status").asText()).isEqualTo("down");
      assertThat(servers.at("/2/last_error").asText()).contains("connection");
      done.countDown();
    }
  }

  @Test
  void aServerThatWasAwayWhenTheSessionBeganServesItLater() throws Exception {
    java.util.concurrent.atomic.AtomicBoolean away =
        new java.util.concurrent.atomic.AtomicBoolean(true);
    try (FakeMcpServer sap = plain("sap");
        FakeMcpServer behind = plain("crm");
        FakeMcpServer crm =
            new FakeMcpServer(
                (request, reply) -> {
                  if (away.get()) {
                    reply.empty(503);
                  } else if (request.rpc().equals("initialize")) {
                    reply
                        .header("Mcp-Session-Id", "late")
                        .result(request, "{\"protocolVersion\":\"2025-11-25\"}");
                  } else if (!"late".equals(request.header("Mcp-Session-Id"))) {
                    reply.empty(400);
                  } else {
                    answer("crm", request, reply);
                  }
                });
        TestGate gate = gate(sap, crm)) {
      assertThat(behind.seen()).isEmpty();
      McpClient client = client(gate);
      away.set(false);
      assertThat(client.call(1, "crm_read").json().at("/result/content/0/text").asText())
          .isEqualTo("crm");
      assertThat(names(client.request(2, "tools/list", "{}").json(), "tools"))
          .containsExactly("sap_read", "crm_read");
    }
  }

  @Test
  void callersThatKnowNothingOfSessionsAreServedByAll() throws Exception {
    try (FakeMcpServer sap = plain("sap");
        FakeMcpServer crm = plain("crm");
        TestGate gate = gate(sap, crm)) {
      String[] token = {"Authorization", "Bearer " + gate.mint(Grant.to("agent"))};

      assertThat(TestGate.json(gate.call("sap_read", token)).at("/result/content/0/text").asText())
          .isEqualTo("sap");
      assertThat(TestGate.json(gate.call("crm_read", token)).at("/result/content/0/text").asText())
          .isEqualTo("crm");
      assertThat(gate.post("/v1/tool-call", "{\"tool\":\"crm.read\",\"args\":{}}", token).text())
          .contains("\"text\":\"crm\"");
      assertThat(seen(sap, "initialize")).hasSize(1);
    }
  }

  @Test
  void aServerOfSomeTenantsIsNotThereForOthers() throws Exception {
    try (FakeMcpServer sap = plain("sap");
        FakeMcpServer crm = plain("crm");
        TestGate gate =
            ServersFixture.gate(
                directory,
                List.of(
                    entry("sap", sap.url(), ""),
                    entry("crm", crm.url(), ",\"tenants\":[\"acme\"]")))) {
      McpClient acme = new McpClient(gate, gate.mint(Grant.to("a").tenant("acme"))).initialize();
      McpClient other = new McpClient(gate, gate.mint(Grant.to("b").tenant("globex"))).initialize();

      assertThat(names(acme.request(1, "tools/list", "{}").json(), "tools"))
          .containsExactly("sap_read", "crm_read");
      assertThat(names(other.request(1, "tools/list", "{}").json(), "tools"))
          .containsExactly("sap_read");
      assertThat(other.call(2, "crm_read").json().at("/error/message").asText())
          .isEqualTo("Unknown tool: crm_read");
      assertThat(acme.call(2, "crm_read").json().at("/result/content/0/text").asText())
          .isEqualTo("crm");
      assertThat(seen(crm, "tools/call")).hasSize(1);
    }
  }
}
