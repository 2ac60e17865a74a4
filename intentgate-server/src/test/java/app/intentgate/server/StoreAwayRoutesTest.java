package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.OpenApi;
import app.intentgate.server.exchange.OpenApi.Operation;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that is away is 503 with a reason on every operator's route, and never a 500. */
@Timeout(150)
class StoreAwayRoutesTest {
  private static final String BODY =
      "{\"jti\":\"a\",\"subject\":\"a\",\"agent_id\":\"a\",\"tools\":[\"t\"]}";
  private static final Map<String, String> BODIES =
      Map.of(
          "/v1/admin/mint", "{\"subject\":\"a\"}",
          "/v1/admin/revoke", "{\"jti\":\"a\"}",
          "/v1/admin/kill-switch", "{\"scope\":\"agent\",\"tenant\":\"t\",\"value\":\"a\"}",
          "/v1/admin/kill-switch/release", "{\"scope\":\"agent\",\"tenant\":\"t\",\"value\":\"a\"}",
          "/v1/admin/operators", "{\"name\":\"a\",\"role\":\"viewer\"}",
          "/v1/admin/policies/active", "{\"draft_id\":\"a\"}",
          "/v1/admin/approvals/{id}/decide", "{\"decision\":\"approve\"}",
          "/v1/admin/proof-of-intent", "{\"session_id\":\"a\"}",
          "/v1/admin/policies/drafts",
              "{\"rego_source\":\"package intentgate.policy\\ndefault decision := {}\"}");

  @TempDir Path directory;

  @Test
  void everyRouteAnswersThatAndNothingFails() throws Exception {
    String url = EmbeddedPostgresServer.newDatabase();
    String name = url.replaceAll(".*/|\\?.*", "");
    Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
    ExecutorService operators = Executors.newFixedThreadPool(32);
    try (TestGate gate =
        TestGate.start(
            directory,
            "STORE",
            "postgres",
            "POSTGRES_URL",
            url,
            "AUDIT_WAIT_MS",
            "1000",
            "METRICS_ENABLED",
            "true",
            "LOG_LEVEL",
            "error")) {
      EmbeddedPostgresServer.execute("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
      for (Operation operation : OpenApi.operations()) {
        if (operation.path().startsWith("/v1/admin/")
            && operation.built()
            && !operation.path().endsWith("/stream")) {
          answers.put(
              operation.name(),
              CompletableFuture.supplyAsync(() -> send(gate, operation), operators));
        }
      }
      Answer metrics = gate.get("/metrics");
      assertThat(metrics.status()).as(metrics.text()).isEqualTo(200);
      assertThat(metrics.text()).contains("\nintentgate_gateway_feed_age_seconds ");
      for (Map.Entry<String, CompletableFuture<Answer>> entry : answers.entrySet()) {
        Answer answer = entry.getValue().get();
        assertThat(answer.status()).as("%s: %s", entry.getKey(), answer).isNotEqualTo(0);
        if (answer.status() == 503) {
          JsonNode json = TestGate.json(answer);
          assertThat(json.path("error").asText()).as(entry.getKey()).isNotBlank();
        }
      }
      for (String needs :
          new String[] {
            "GET /v1/admin/audit",
            "POST /v1/admin/mint",
            "POST /v1/admin/revoke",
            "POST /v1/admin/kill-switch",
            "GET /v1/admin/policies/drafts",
            "POST /v1/admin/policies/active",
            "GET /v1/admin/approvals",
            "GET /v1/admin/tokens",
            "POST /v1/admin/approvals/{id}/decide",
            "POST /v1/admin/operators"
          }) {
        assertThat(answers.get(needs).get().status()).as(needs).isEqualTo(503);
      }
    } finally {
      operators.shutdownNow();
    }
  }

  /** Fails where the answer is not documented, which a 500 never is. */
  private static Answer send(TestGate gate, Operation operation) {
    boolean body = operation.json().has("requestBody");
    return gate.send(
        operation.method(),
        operation.path().replaceAll("\\{[^}]*}", "x"),
        body
            ? BODIES.getOrDefault(operation.path(), BODY).getBytes(StandardCharsets.UTF_8)
            : new byte[0],
        "Authorization",
        "Bearer " + TestGate.ADMIN);
  }
}
