package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.StoredEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.http.Route;
import app.intentgate.server.http.RouteTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see beyond the recorded exchanges. */
@Timeout(60)
class AdminRoutesTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;

  @TempDir Path directory;
  private TestGate gate;

  @BeforeEach
  void start() {
    gate = TestGate.start(directory, "TENANT_ADMINS", "acme:fake-acme-token");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private List<AuditEvent> signIns() {
    return gate.events().stream()
        .map(StoredEvent::event)
        .filter(e -> e.tool().equals("admin/sign-in"))
        .toList();
  }

  @Test
  void everyRouteOfTheContractIs401WithoutAToken() {
    for (Route route : RouteTable.all()) {
      if (route.isAdmin()) {
        String path = route.path().replaceAll("\\{[^}]*}", "x");
        assertThat(gate.send(route.method(), path, new byte[0]).status())
            .as("%s %s", route.method(), path)
            .isEqualTo(401);
        assertThat(gate.send("PATCH", path, new byte[0], AUTH, SUPER).status())
            .as("PATCH %s", path)
            .isEqualTo(405);
      }
    }
  }

  @Test
  void aRouteThatIsNotBuiltIsNotFoundForOperators() {
    Answer answer = gate.get("/v1/admin/tasks", AUTH, SUPER);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("404 page not found\n");
  }

  @Test
  void theAuditRoutesCanBeTurnedOff() {
    try (TestGate other = TestGate.start(directory, "AUDIT_PERSIST", "false")) {
      for (String path :
          List.of(
              "audit",
              "audit/stream",
              "audit/verify",
              "agents",
              "flow-map",
              "flow-map/recommend",
              "tokens",
              "decisions/x")) {
        assertThat(other.get("/v1/admin/" + path, AUTH, SUPER).status()).as(path).isEqualTo(404);
      }
      for (String path : List.of("proof-of-intent", "policies/dry-run")) {
        assertThat(other.post("/v1/admin/" + path, "{}", AUTH, SUPER).status())
            .as(path)
            .isEqualTo(404);
      }
      assertThat(other.get("/v1/admin/revocations", AUTH, SUPER).status()).isEqualTo(200);
    }
  }

  @Test
  void aFailedSignInIsRecordedOnceAMinuteAndTheRestAsASum() {
    for (int i = 0; i < 5; i++) {
      gate.get("/v1/admin/audit", AUTH, "Bearer wrong-token");
    }
    assertThat(signIns()).hasSize(1);
    assertThat(signIns().get(0).reason()).isEqualTo("invalid or missing admin token");
    assertThat(signIns().get(0).toString() + signIns()).doesNotContain("wrong-token");

    Answer other = gate.get("/v1/admin/audit", AUTH, "Bearer another-token");

    assertThat(other.status()).isEqualTo(401);
    assertThat(signIns()).hasSize(2);
  }

  @Test
  void whoGuessesIsToldToWaitAndNobodyElse() {
    Answer last = null;
    for (int i = 0; i < 101; i++) {
      last = gate.get("/v1/admin/revocations", AUTH, "Bearer fake-sup" + "x".repeat(i + 1));
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("Retry-After")).isEqualTo("60");
    assertThat(gate.get("/v1/admin/revocations", AUTH, SUPER).status())
        .as("the right token, from the same address and with the same beginning")
        .isEqualTo(200);
    assertThat(gate.get("/v1/admin/revocations", AUTH, "Bearer other-tok").status()).isEqualTo(401);
  }

  @Test
  void twoAuthorizationHeadersAreNobody() {
    assertThat(gate.get("/v1/admin/audit", AUTH, SUPER, AUTH, SUPER).status()).isEqualTo(401);
  }

  @Test
  void aBodyOverTheCapIsRefusedByName() {
    String body = "{\"jti\":\"" + "x".repeat(1 << 20) + "\"}";
    Answer answer = gate.post("/v1/admin/revoke", body, AUTH, SUPER);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestGate.json(answer).path("error").asText())
        .isEqualTo("invalid JSON: body exceeds 1048576 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"subject\":\"a\",\"subject\":\"b\"}",
        "{\"Subject\":\"a\"}",
        "{\"subject\":\"a\"} {}",
        "[]",
        "\"a\"",
        "{\"subject\":5}",
        "{\"subject\":\"a\",\"tools\":\"x\"}",
        "{\"subject\":\"a\",\"tools\":[5]}",
        "{\"subject\":\"a\",\"max_calls\":\"5\"}",
        "{\"subject\":\"a\",\"max_calls\":1.5}",
        "{\"subject\":\"a\",\"max_calls\":9007199254740992}",
        "{\"subject\":\"a\",\"max_calls\":1e400}",
        "{\"subject\":\"a\",\"ttl_seconds\":315360001}",
        "{\"subject\":\"a\",\"step_up\":\"yes\"}",
        "{\"subject\":\"a\",\"with_memory_signing_key\":\"yes\"}",
        "{\"subject\":\"a\",\"tools\":[\"[\"]}",
        "{\"subject\":\"\\ud800\"}",
        "{\"subject\":\"a\",\"unknown\":null}"
      })
  void aMintThatIsWrongInAnyMemberIs400AndMintsNothing(String body) {
    Answer answer = gate.post("/v1/admin/mint", body, AUTH, SUPER);

    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(TestGate.json(answer).path("error").asText()).isNotBlank();
    assertThat(gate.events()).isEmpty();
  }

  @Test
  void mintAndRevokeAreEventsOfTheirOperator() {
    Answer minted =
        gate.post(
            "/v1/admin/mint",
            "{\"subject\":\"a\"}",
            AUTH,
            "Bearer fake-acme-token",
            "X-IntentGate-Elevation-Id",
            "elev-1");
    String jti = TestGate.json(minted).path("jti").asText();
    gate.post("/v1/admin/revoke", "{\"jti\":\"" + jti + "\"}", AUTH, SUPER);

    AuditEvent mint = gate.events().get(0).event();
    assertThat(mint.tool()).isEqualTo("admin/mint");
    assertThat(mint.event()).isEqualTo("intentgate.admin");
    assertThat(mint.principal()).isEqualTo("tenant-admin:acme");
    assertThat(mint.tenant()).isEqualTo("acme");
    assertThat(mint.elevationId()).isEqualTo("elev-1");
    AuditEvent revoke = gate.events().get(1).event();
    assertThat(revoke.tool()).isEqualTo("admin/revoke");
    assertThat(revoke.principal()).isEqualTo("superadmin");
  }

  @Test
  void pagesByCursorNeitherSkipNorRepeatWhileEventsArrive() {
    for (int i = 0; i < 5; i++) {
      gate.call("read_" + i);
    }
    JsonNode first = TestGate.json(gate.get("/v1/admin/audit?limit=2", AUTH, SUPER));
    gate.call("read_new");
    JsonNode second =
        TestGate.json(
            gate.get(
                "/v1/admin/audit?limit=2&cursor=" + first.path("next_cursor").asText(),
                AUTH,
                SUPER));

    assertThat(first.path("events").findValuesAsText("tool")).containsExactly("read_4", "read_3");
    assertThat(second.path("events").findValuesAsText("tool")).containsExactly("read_2", "read_1");
    assertThat(gate.get("/v1/admin/audit?cursor=nonsense", AUTH, SUPER).status()).isEqualTo(400);
  }

  @Test
  void readyMeansThatTheStoreAnswersAndTheChainHolds() {
    Answer answer = gate.get("/readyz");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(TestGate.json(answer).path("status").asText()).isEqualTo("ready");
  }

  @Test
  void aStoreThatIsAwayIsNotReadyButAlive() {
    try (TestGate other = TestGate.start(directory, "STORE", "file")) {
      other.server().gate().audit().close();
      other.call("read_a");

      assertThat(other.get("/readyz").status()).isEqualTo(503);
      assertThat(other.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void aStoreThatIsAwayIsAnErrorOfItsOwnAndNothingIsCarriedOut() {
    gate.server().gate().audit().close();

    Answer rpc = gate.call("read_a");
    Answer flat = gate.post("/v1/tool-call", "{\"tool\":\"read_a\"}");
    Answer mint = gate.post("/v1/admin/mint", "{\"subject\":\"a\"}", AUTH, SUPER);

    assertThat(rpc.status()).isEqualTo(200);
    assertThat(TestGate.json(rpc).at("/error/code").asInt()).isEqualTo(-32603);
    assertThat(TestGate.json(rpc).at("/error/message").asText())
        .isEqualTo("audit store unavailable");
    assertThat(flat.status()).isEqualTo(503);
    assertThat(mint.status()).isEqualTo(503);
    assertThat(TestGate.json(mint).path("error").asText()).isEqualTo("audit store unavailable");
  }
}
