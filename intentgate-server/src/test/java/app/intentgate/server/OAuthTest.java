package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.FakeIssuer;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Access tokens of an issuer instead of capabilities: exchanged, judged, recorded. */
@Timeout(60)
class OAuthTest {
  private static final String OK = "{\"content\":[{\"type\":\"text\",\"text\":\"ok\"}]}";
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";

  @TempDir Path directory;

  private static String bearer(String token) {
    return "Bearer " + token;
  }

  private static List<AuditEvent> events(TestGate gate, String name) {
    return gate.events().stream()
        .map(stored -> stored.event())
        .filter(event -> event.event().equals(name))
        .toList();
  }

  @Test
  void aClientWithoutATokenLearnsWhereToGetOne() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
      Answer refused = gate.post("/v1/mcp", INITIALIZE);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("WWW-Authenticate"))
          .isEqualTo(
              "Bearer resource_metadata="
                  + "\"https://gate.example/.well-known/oauth-protected-resource/v1/mcp\"");
      for (String path : List.of("", "/v1/mcp")) {
        Answer metadata = gate.get("/.well-known/oauth-protected-resource" + path);
        JsonNode json = TestGate.json(metadata);
        assertThat(metadata.status()).isEqualTo(200);
        assertThat(json.get("resource").asText()).isEqualTo(FakeIssuer.AUDIENCE);
        assertThat(json.get("authorization_servers").get(0).asText()).isEqualTo(issuer.issuer());
        assertThat(json.get("bearer_methods_supported").toString()).isEqualTo("[\"header\"]");
        assertThat(json.get("scopes_supported").toString())
            .isEqualTo("[\"tools:read\",\"listed\"]");
      }
      assertThat(gate.call("read_a").status())
          .as("a caller that knows nothing of MCP's headers is answered as ever")
          .isEqualTo(200);
    }
  }

  @Test
  void withoutAnIssuerNothingOfItIsThere() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        TestGate gate = TestGate.start(directory, "REQUIRE_CAPABILITY", "true")) {
      assertThat(gate.get("/.well-known/oauth-protected-resource").status()).isEqualTo(404);
      Answer refused = gate.post("/v1/mcp", INITIALIZE, "Authorization", bearer(issuer.token()));
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(issuer.asked()).isZero();
    }
  }

  @Test
  void anAccessTokenIsWorthWhatItsRuleGivesAndGoesNoFurther() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        FakeMcpServer server = new FakeMcpServer((request, reply) -> reply.result(request, OK));
        TestGate gate =
            OAuthGate.start(directory, issuer, OAuthGate.RULES, "UPSTREAM_URL", server.url())) {
      String token = OAuthGate.reader(issuer);
      Answer allowed = gate.call("read_a", "Authorization", bearer(token));
      assertThat(TestGate.json(allowed).at("/result/content/0/text").asText()).isEqualTo("ok");
      Answer denied = gate.call("drop_table", "Authorization", bearer(token));
      assertThat(TestGate.json(denied).at("/error/code").asInt()).isEqualTo(-32010);

      AuditEvent call = events(gate, "intentgate.tool_call").get(0);
      assertThat(call.decision()).isEqualTo(AuditDecision.ALLOW);
      assertThat(call.agentId()).isEqualTo("desk:ann");
      assertThat(call.tenant()).isEqualTo("acme");
      assertThat(call.capabilityTokenId()).startsWith("oauth-");
      List<AuditEvent> exchanges = events(gate, "intentgate.token_exchange");
      assertThat(exchanges).as("once for a token, not for each call").hasSize(1);
      AuditEvent exchange = exchanges.get(0);
      assertThat(exchange.capabilityTokenId()).isEqualTo(call.capabilityTokenId());
      assertThat(exchange.userSubject()).isEqualTo("ann");
      assertThat(exchange.userAttrs().toString()).contains(issuer.issuer()).contains("desk");
      assertThat(exchange.reason()).contains("readers");

      String signature = token.substring(token.lastIndexOf('.') + 1);
      assertThat(gate.events().toString()).doesNotContain(signature);
      assertThat(server.seen()).isNotEmpty();
      assertThat(server.seen())
          .allSatisfy(
              seen -> {
                assertThat(seen.header("Authorization")).isNull();
                assertThat(seen.body() + seen.exchange().getRequestHeaders().entrySet().toString())
                    .doesNotContain(signature);
              });
    }
  }

  @Test
  void limitsCountOnWhenATokenIsRefreshed() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
      for (int i = 0; i < 3; i++) {
        Answer answer = gate.call("read_a", "Authorization", bearer(OAuthGate.reader(issuer)));
        assertThat(TestGate.json(answer).has("result")).as("call %s: %s", i, answer).isTrue();
      }
      Answer fourth = gate.call("read_a", "Authorization", bearer(OAuthGate.reader(issuer)));
      assertThat(TestGate.json(fourth).at("/error/code").asInt()).isEqualTo(-32013);
      Answer other =
          gate.call(
              "read_a",
              "Authorization",
              bearer(issuer.token(c -> c.subject("bob").claim("org", "acme"))));
      assertThat(TestGate.json(other).has("result")).as("another person's count").isTrue();
    }
  }

  @Test
  void aTokenReplacedAfterRevocationIsRefusedToo() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
      String token = OAuthGate.reader(issuer);
      gate.call("read_a", "Authorization", bearer(token));
      String id = events(gate, "intentgate.tool_call").get(0).capabilityTokenId();
      Answer revoked =
          gate.post(
              "/v1/admin/revoke",
              "{\"jti\":\"" + id + "\",\"reason\":\"left\"}",
              "Authorization",
              bearer(TestGate.ADMIN));
      assertThat(revoked.status()).isEqualTo(200);
      for (String again : List.of(token, OAuthGate.reader(issuer))) {
        Answer refused = gate.post("/v1/mcp", INITIALIZE, "Authorization", bearer(again));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(refused.text()).contains("token revoked");
      }
    }
  }

  @Test
  void aTokenThatNoRuleIsForIsForbidden() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
      String none = issuer.token(claims -> claims.claim("scope", "tools:reader other"));
      String lacks = issuer.token();
      String wide = issuer.token(c -> c.claim("org", "acme\nx"));
      for (String token : List.of(none, lacks, wide)) {
        Answer refused = gate.call("read_a", "Authorization", bearer(token));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("WWW-Authenticate"))
            .startsWith("Bearer error=\"insufficient_scope\"")
            .contains("resource_metadata=");
      }
      assertThat(events(gate, "intentgate.tool_call"))
          .hasSize(3)
          .allSatisfy(event -> assertThat(event.decision()).isEqualTo(AuditDecision.BLOCK));
    }
  }

  @Test
  void aSessionOutlastsTheTokenItWasOpenedWithAndIsNobodyElses() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        FakeMcpServer server =
            new FakeMcpServer(
                (request, reply) -> {
                  if (request.rpc().equals("initialize")) {
                    reply.header("Mcp-Session-Id", "up-1");
                  }
                  reply.result(request, OK);
                });
        TestGate gate =
            OAuthGate.start(directory, issuer, OAuthGate.RULES, "UPSTREAM_URL", server.url())) {
      McpClient client = new McpClient(gate, OAuthGate.reader(issuer)).initialize();
      assertThat(client.call(1, "read_a").status()).isEqualTo(200);
      client.with("Authorization", bearer(OAuthGate.reader(issuer)));
      assertThat(client.call(2, "read_a").status()).as("a refreshed token").isEqualTo(200);
      assertThat(server.seen().get(server.seen().size() - 1).header("Mcp-Session-Id"))
          .isEqualTo("up-1");
      client.with(
          "Authorization", bearer(issuer.token(c -> c.subject("eve").claim("org", "acme"))));
      assertThat(client.call(3, "read_a").status()).as("somebody else's token").isEqualTo(404);
    }
  }

  @Test
  void aStreamEndsWithItsAccessToken() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (FakeIssuer issuer = new FakeIssuer();
        FakeMcpServer server =
            new FakeMcpServer(
                (request, reply) -> {
                  if (request.method().equals("GET")) {
                    reply.stream().awaitGone();
                    gone.countDown();
                  } else {
                    reply.header("Mcp-Session-Id", "up-1").result(request, OK);
                  }
                });
        TestGate gate =
            OAuthGate.start(directory, issuer, OAuthGate.RULES, "UPSTREAM_URL", server.url())) {
      // The leeway for clocks that differ is thirty seconds.
      String token =
          issuer.token(
              c ->
                  c.claim("org", "acme")
                      .issueTime(Date.from(Instant.now().minusSeconds(60)))
                      .expirationTime(Date.from(Instant.now().minusSeconds(26))));
      McpClient client = new McpClient(gate, token).initialize();
      McpClient.Got stream = client.send("GET", "");
      assertThat(stream.status()).isEqualTo(200);
      assertThat(gone.await(30, TimeUnit.SECONDS)).as("the stream ended").isTrue();
      assertThat(client.call(2, "read_a").status()).isEqualTo(401);
    }
  }

  @Test
  void capabilitiesWorkBesideAccessTokensAlsoWhileTheIssuerIsAway() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer()) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      issuer.answerKeys(
          exchange -> {
            asked.countDown();
            try {
              end.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            exchange.close();
          });
      try (TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        Thread waiting =
            new Thread(
                () -> gate.call("read_a", "Authorization", bearer(OAuthGate.reader(issuer))));
        waiting.start();
        String capability = gate.mint(Grant.to("agent").tools("read_*"));
        Answer answer = gate.call("read_a", "Authorization", bearer(capability));
        assertThat(TestGate.json(answer).has("result")).isTrue();
        Answer slow = gate.call("read_a", "Authorization", bearer(OAuthGate.reader(issuer)));
        assertThat(slow.status()).as("refused after five seconds: %s", slow).isEqualTo(503);
        assertThat(slow.header("Retry-After")).isEqualTo("1");
        assertThat(slow.text()).doesNotContain(issuer.issuer()).contains("at the moment");
        waiting.join();
      } finally {
        end.countDown();
      }
    }
  }

  @Test
  void keysThatAreTooMuchGarbageOrElsewhereAreNoKeys() throws Exception {
    List<byte[]> bodies =
        List.of(
            ("{\"keys\":[" + " ".repeat(300_000) + "]}").getBytes(StandardCharsets.UTF_8),
            "<html>".getBytes(StandardCharsets.UTF_8),
            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"k1\"},{\"kty\":7},null]}"
                .getBytes(StandardCharsets.UTF_8),
            "{\"keys\":{}}".getBytes(StandardCharsets.UTF_8));
    for (byte[] body : bodies) {
      try (FakeIssuer issuer = new FakeIssuer()) {
        issuer.answerKeys(
            exchange -> FakeIssuer.json(exchange, 200, new String(body, StandardCharsets.UTF_8)));
        try (TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
          Answer refused = gate.call("read_a", "Authorization", bearer(OAuthGate.reader(issuer)));
          assertThat(refused.status()).isEqualTo(503);
        }
      }
    }
    try (FakeIssuer other = new FakeIssuer();
        FakeIssuer issuer = new FakeIssuer()) {
      issuer.answerKeys(
          exchange -> {
            exchange.getResponseHeaders().add("Location", other.issuer() + "/keys");
            FakeIssuer.json(exchange, 302, "{}");
          });
      try (TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
        Answer refused = gate.call("read_a", "Authorization", bearer(OAuthGate.reader(issuer)));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(other.asked()).as("a redirect is not followed").isZero();
      }
    }
  }
}
