package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.OpenApi;
import app.intentgate.server.exchange.OpenApi.Operation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that is away is 503 with a reason on every operator's route, and never a 500. */
@Timeout(150)
class StoreAwayRoutesTest {
  private static final String POLICY =
      "\"package intentgate.policy\\ndefault decision := {\\\"allow\\\": true}\"";

  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("/v1/admin/mint", "{\"subject\":\"a\"}"),
          Map.entry(
              "/v1/admin/exceptions/grant",
              "{\"agent_id\":\"a\",\"tools\":[\"t\"],\"ttl_seconds\":60,\"exception_ref\":\"x\"}"),
          Map.entry("/v1/admin/revoke", "{\"jti\":\"a\"}"),
          Map.entry("/v1/admin/check", "{\"tool\":\"t\"}"),
          Map.entry(
              "/v1/admin/kill-switch", "{\"scope\":\"agent\",\"tenant\":\"t\",\"value\":\"a\"}"),
          Map.entry(
              "/v1/admin/kill-switch/release",
              "{\"scope\":\"agent\",\"tenant\":\"t\",\"value\":\"a\"}"),
          Map.entry("/v1/admin/operators", "{\"name\":\"a\",\"role\":\"viewer\"}"),
          Map.entry("/v1/admin/operators/{id}/rotate", "{}"),
          Map.entry("/v1/admin/policies/drafts", "{\"rego_source\":" + POLICY + "}"),
          Map.entry("/v1/admin/policies/drafts/{id}", "{\"rego_source\":" + POLICY + "}"),
          Map.entry("/v1/admin/policies/active", "{\"draft_id\":\"a\"}"),
          Map.entry("/v1/admin/policies/rollback", "{}"),
          Map.entry(
              "/v1/admin/policies/propose",
              "{\"action\":\"promote\",\"draft_id\":\"a\",\"proposed_by\":\"a\"}"),
          Map.entry("/v1/admin/policies/approve", "{\"acted_by\":\"b\"}"),
          Map.entry("/v1/admin/policies/reject", "{\"acted_by\":\"b\"}"),
          Map.entry("/v1/admin/policies/shadow", "{\"draft_id\":\"a\"}"),
          Map.entry("/v1/admin/policies/dry-run", "{\"rego\":" + POLICY + "}"),
          Map.entry("/v1/admin/approvals/{id}/decide", "{\"decision\":\"approve\"}"),
          Map.entry("/v1/admin/preview", "{\"tool\":\"t\"}"),
          Map.entry(
              "/v1/admin/tool-pins",
              "{\"upstream\":\"u\",\"tool\":\"t\",\"sha256\":\"a\",\"action\":\"accept\"}"),
          Map.entry("/v1/admin/proof-of-intent", "{\"session_id\":\"a\"}"));

  /** What a gate knows by itself, or works out, and its status; it has no tool server here. */
  private static final Map<String, Integer> WITHOUT_STORE =
      Map.of(
          "GET /v1/admin/integrations", 200,
          "GET /v1/admin/tool-pins", 200,
          "POST /v1/admin/tool-pins", 404,
          "GET /v1/admin/upstreams", 200,
          "GET /v1/admin/whoami", 200,
          "POST /v1/admin/check", 200,
          "POST /v1/admin/preview", 200);

  @TempDir Path directory;

  @Test
  void everyRouteAnswersThatAndNothingFails() throws Exception {
    String url = EmbeddedPostgresServer.newMigratedDatabase();
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
        if (operation.path().startsWith("/v1/admin/") && operation.built()) {
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
        int expected = WITHOUT_STORE.getOrDefault(entry.getKey(), 503);
        assertThat(answer.status()).as("%s: %s", entry.getKey(), answer.text()).isEqualTo(expected);
        assertThat(TestGate.json(answer).path("error").isMissingNode()).isEqualTo(expected == 200);
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
            ? Objects.requireNonNull(BODIES.get(operation.path()), operation.name())
                .getBytes(StandardCharsets.UTF_8)
            : new byte[0],
        "Authorization",
        "Bearer " + TestGate.ADMIN);
  }
}
