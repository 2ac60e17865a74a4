package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents see beyond the recorded exchanges: better.md's differences, and bad input. */
@Timeout(60)
class AgentRoutesTest {
  private static final String MCP = "MCP-Protocol-Version";
  private static final String VERSION = "2025-11-25";
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  @TempDir Path directory;
  private TestGate gate;

  @BeforeEach
  void start() {
    gate = TestGate.start(directory, "REQUIRE_CAPABILITY", "true");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private String bearer(Grant grant) {
    return "Bearer " + gate.mint(grant);
  }

  @Test
  void t10AMissingTokenIs401ForMcpClientsAnd200ForOthers() {
    Answer mcp = gate.call("read_a", MCP, VERSION);
    Answer plain = gate.call("read_a");

    assertThat(mcp.status()).isEqualTo(401);
    assertThat(mcp.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.header("WWW-Authenticate")).isNull();
    for (Answer answer : new Answer[] {mcp, plain}) {
      assertThat(TestGate.json(answer).at("/error/code").asInt()).isEqualTo(-32010);
    }
  }

  @Test
  void initializeWithoutATokenIs401() {
    Answer answer =
        gate.post("/v1/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}");

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void aValidTokenThatLacksTheToolIs200ForAll() {
    String token = bearer(Grant.to("a").tools("read_*"));

    Answer plain = gate.call("web_search", "Authorization", token);
    Answer mcp = gate.call("web_search", "Authorization", token, MCP, VERSION);

    assertThat(TestGate.json(plain).at("/error/code").asInt()).isEqualTo(-32010);
    assertThat(mcp.status()).isEqualTo(200);
    JsonNode result = TestGate.json(mcp).path("result");
    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.at("/content/0/text").asText()).contains("web_search", "tools/list");
    JsonNode denial = result.path("_meta").path("app.intentgate/denial");
    assertThat(denial.path("code").asInt()).isEqualTo(-32010);
    assertThat(denial.path("check").asText()).isEqualTo("capability");
    assertThat(denial.path("call_id").asText()).isEqualTo(mcp.header("X-IntentGate-Call-Id"));
  }

  @Test
  void denialsAreErrorsForMcpClientsWhereThatIsConfigured() {
    try (TestGate other = TestGate.start(directory, "MCP_DENIALS", "error")) {
      Answer answer = other.call("drop_table", MCP, VERSION);

      assertThat(TestGate.json(answer).at("/error/code").asInt()).isEqualTo(-32012);
    }
  }

  @Test
  void everyAnswerSaysItsCallAndADecidedOneWhatWasDecided() {
    String token = bearer(Grant.to("a"));

    Answer allowed = gate.call("read_a", "Authorization", token);
    Answer blocked = gate.call("drop_table", "Authorization", token);
    Answer ping = gate.post("/v1/mcp", PING, "Authorization", token);
    Answer garbage = gate.post("/v1/mcp", "garbage");

    assertThat(allowed.header("X-IntentGate-Decision")).isEqualTo("allow");
    assertThat(blocked.header("X-IntentGate-Decision")).isEqualTo("block");
    assertThat(blocked.header("X-IntentGate-Check")).isEqualTo("policy");
    for (Answer answer : new Answer[] {allowed, blocked, ping, garbage}) {
      assertThat(answer.header("X-IntentGate-Call-Id")).matches("[A-Za-z0-9_-]{22}");
    }
    assertThat(gate.events().get(1).event().callId())
        .isEqualTo(allowed.header("X-IntentGate-Call-Id"));
  }

  @Test
  void twoAuthorizationHeadersAreRefused() {
    String token = bearer(Grant.to("a"));
    Answer answer = gate.call("read_a", "Authorization", token, "Authorization", token);

    assertThat(TestGate.json(answer).at("/error/data").asText())
        .isEqualTo("more than one Authorization header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/mcp", "/v1/tool-call", "/healthz", "/v1/admin/audit", "/nowhere"})
  void t9AForeignOriginIsRefusedOnEveryRoute(String path) {
    String method = path.startsWith("/v1/mcp") || path.endsWith("call") ? "POST" : "GET";
    for (String origin : new String[] {"https://evil.example", "null"}) {
      Answer answer = gate.send(method, path, new byte[0], "Origin", origin);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(TestGate.json(answer).path("error").asText()).isEqualTo("origin not allowed");
    }
    assertThat(gate.send(method, path, new byte[0], "Origin", "http://localhost:5173").status())
        .isNotEqualTo(403);
  }

  @Test
  void t9AGateThatOnlyThisMachineReachesIsNotAskedUnderForeignNames() throws Exception {
    for (String path : new String[] {"/v1/mcp", "/healthz", "/nowhere"}) {
      assertThat(statusUnder("rebound.example", path)).as(path).isEqualTo(403);
      for (String own : new String[] {"localhost:9", "LOCALHOST", "[::1]:80", "127.0.0.1"}) {
        assertThat(statusUnder(own, path)).as(own + path).isNotEqualTo(403);
      }
    }
  }

  /** The status of an answer to a request for that host. */
  private int statusUnder(String host, String path) throws Exception {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), gate.port())) {
      String head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  @Test
  void thePassedOnMethodsWantATokenToo() {
    for (String method : new String[] {"ping", "tools/list", "initialize"}) {
      String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
      assertThat(TestGate.json(gate.post("/v1/mcp", body)).at("/error/code").asInt())
          .isEqualTo(-32010);
      String expired = bearer(Grant.to("a").expiresIn(Duration.ofSeconds(1)));
      assertThat(
              TestGate.json(gate.post("/v1/mcp", body, "Authorization", bearer(Grant.to("a"))))
                  .has("result"))
          .isTrue();
      assertThat(expired).isNotBlank();
    }
  }

  @Test
  void aRevokedTokenListsNothing() {
    String token = gate.mint(Grant.to("a"));
    gate.server().gate().revoke(app.intentgate.token.CapabilityToken.decode(token).id(), "lost");

    Answer answer =
        gate.post(
            "/v1/mcp",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
            "Authorization",
            "Bearer " + token,
            MCP,
            VERSION);

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void aListShowsTheToolsOfTheTokenInTheirOrderWithTheirSchemas() throws Exception {
    String list =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"nextCursor\":\"c\",\"tools\":["
            + "{\"name\":\"write_b\"},{\"name\":\"read_z\",\"inputSchema\":{\"$defs\":{}}},"
            + "{\"noName\":1},{\"name\":\"read_a\"}]}}";
    try (StubServer upstream = new StubServer(r -> StubServer.Reply.json(list));
        TestGate other = TestGate.start(directory, "UPSTREAM_URL", upstream.url())) {
      String token = "Bearer " + other.mint(Grant.to("a").tools("read_*"));
      JsonNode result =
          TestGate.json(
                  other.post(
                      "/v1/mcp",
                      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                      "Authorization",
                      token))
              .path("result");

      assertThat(result.path("nextCursor").asText()).isEqualTo("c");
      assertThat(result.path("tools").toString())
          .isEqualTo(
              "[{\"name\":\"read_z\",\"inputSchema\":{\"$defs\":{}}},{\"name\":\"read_a\"}]");
    }
  }

  @Test
  void passedOnMethodsAreRateLimitedPerCaller() {
    String token = bearer(Grant.to("a"));
    int refused = 0;
    for (int i = 0; i < 600 && refused == 0; i++) {
      Answer answer = gate.post("/v1/mcp", PING, "Authorization", token);
      if (answer.status() == 429) {
        refused++;
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(TestGate.json(answer).at("/error/code").asInt()).isEqualTo(-32603);
      }
    }
    assertThat(refused).isOne();
    assertThat(gate.post("/v1/mcp", PING, "Authorization", bearer(Grant.to("a"))).status())
        .as("another token is not held up")
        .isEqualTo(200);
  }

  @Test
  void theFlatShapeIsJudgedAndAnAgentIdMustBeTheTokens() {
    String token = bearer(Grant.to("agent-a"));
    JsonNode mine =
        TestGate.json(
            gate.post(
                "/v1/tool-call",
                "{\"tool\":\"read_a\",\"agent_id\":\"agent-a\",\"session_id\":\"s\"}",
                "Authorization",
                token));
    JsonNode others =
        TestGate.json(
            gate.post(
                "/v1/tool-call",
                "{\"tool\":\"read_a\",\"agent_id\":\"agent-b\"}",
                "Authorization",
                token));

    assertThat(mine.path("decision").asText()).isEqualTo("allow");
    assertThat(gate.events().get(1).event().sessionId()).isEqualTo("s");
    assertThat(others.path("decision").asText()).isEqualTo("block");
    assertThat(others.path("check").asText()).isEqualTo("capability");
    assertThat(others.path("code").asInt()).isEqualTo(-32010);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Tool\":\"read_a\"}",
        "{\"tool\":\"read_a\",\"ARGS\":{}}",
        "{\"tool\":\"read_a\",\"args\":[]}",
        "{\"tool\":\"read_a\",\"args\":\"x\"}",
        "{\"tool\":\"read_a\",\"agent_id\":5}",
        "{\"tool\":\"read_a\",\"tool\":\"drop_table\"}",
        "{\"tool\":{}}",
        "[]",
        "null",
        "5"
      })
  void aFlatBodyOfAnotherShapeIsRefusedUnjudged(String body) {
    int before = gate.events().size();
    Answer answer = gate.post("/v1/tool-call", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestGate.json(answer).path("error").asText()).isEqualTo("invalid_json");
    assertThat(gate.events()).hasSize(before);
  }

  @Test
  void aHundredKilobytesOfPromptAreReadAndTwoPromptsMustAgree() {
    String prompt = "pay the invoice ".repeat(6_400);
    Answer answer =
        gate.call("read_a", "Authorization", bearer(Grant.to("a")), "X-Intent-Prompt", prompt);
    Answer differing = gate.call("read_a", "X-Intent-Prompt", "a", "X-Intent-Prompt-B64", "Yg");

    assertThat(TestGate.json(answer).has("result")).as("%s", answer).isTrue();
    assertThat(TestGate.json(differing).at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void headersWithControlCharactersAreRefusedAndTheGateGoesOn() throws Exception {
    try (Socket socket = RawHttp.connect(gate.port())) {
      socket
          .getOutputStream()
          .write(
              "POST /v1/mcp HTTP/1.1\r\nHost: localhost\r\nX-Task-Id: a\u0001b\r\nContent-Length: 0\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(RawHttp.read(new BufferedInputStream(socket.getInputStream()), false).status())
          .isEqualTo(400);
    }
    assertThat(gate.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void randomBytesNeverGetMoreThanAnError() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] body = new byte[random.nextInt(200)];
      random.nextBytes(body);
      Answer answer = gate.send("POST", "/v1/mcp", body);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(TestGate.json(answer).has("error")).isTrue();
    }
  }

  @Test
  void aTokenWithAnyCharacterChangedIsRefused() {
    String token = gate.mint(Grant.to("a").maxCalls(5));
    Random random = new Random(11);
    for (int i = 0; i < token.length(); i++) {
      char other = (char) ('A' + random.nextInt(26));
      if (other != token.charAt(i)) {
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        JsonNode body = TestGate.json(gate.call("read_a", "Authorization", "Bearer " + changed));
        assertThat(body.at("/error/code").asInt()).as("character %d", i).isEqualTo(-32010);
      }
    }
  }

  @Test
  void aSlowClientThatLeavesInTheMiddleOfItsBodyHarmsNobody() throws Exception {
    try (Socket socket = RawHttp.connect(gate.port())) {
      socket
          .getOutputStream()
          .write(
              "POST /v1/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"json"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
    assertThat(gate.get("/healthz").status()).isEqualTo(200);
    assertThat(gate.call("read_a", "Authorization", bearer(Grant.to("a"))).status()).isEqualTo(200);
  }
}
