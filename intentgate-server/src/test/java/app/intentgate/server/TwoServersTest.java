package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Answer;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gates with one database. */
class TwoServersTest {
  private static final String[] SUPER = {"Authorization", "Bearer " + TestGate.ADMIN};

  @TempDir Path directory;
  private String url;
  private TestGate a;
  private TestGate b;

  @BeforeEach
  void start() {
    url = EmbeddedPostgresServer.newMigratedDatabase();
    a = gate("a");
    b = gate("b");
  }

  private TestGate gate(String name) {
    return TestGate.start(directory.resolve(name), "STORE", "postgres", "POSTGRES_URL", url);
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
  }

  private CapabilityToken token(Grant grant) {
    return a.server().gate().mint(grant);
  }

  private static Answer call(TestGate gate, CapabilityToken token) {
    return gate.call("read_invoice", "Authorization", "Bearer " + token.encode());
  }

  private static boolean isAllowed(Answer answer) {
    return "allow".equals(answer.header("X-IntentGate-Decision"));
  }

  private static void done(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
  }

  @Test
  void a_token_revoked_on_one_is_refused_on_the_other() {
    CapabilityToken token = token(Grant.to("agent").tenant("acme"));
    assertThat(isAllowed(call(b, token))).as(call(b, token).text()).isTrue();

    done(a.post("/v1/admin/revoke", "{\"jti\":\"" + token.id() + "\"}", SUPER));

    until(() -> call(b, token).text().contains("token revoked"));
    assertThat(call(a, token).text()).contains("token revoked");
  }

  @Test
  void a_kill_switch_of_one_stops_the_other_and_its_release_lets_it_go_on() {
    CapabilityToken token = token(Grant.to("agent").tenant("acme"));
    String acme = "{\"scope\":\"tenant\",\"tenant\":\"acme\"}";

    done(a.post("/v1/admin/kill-switch", acme, SUPER));
    until(() -> call(b, token).text().contains("halted by kill switch (tenant)"));

    done(b.post("/v1/admin/kill-switch/release", acme, SUPER));
    until(() -> isAllowed(call(a, token)));
  }

  @Test
  void both_together_allow_as_many_calls_as_the_token_does() {
    CapabilityToken token = token(Grant.to("agent").tenant("acme").maxCalls(30));
    int allowed = 0;
    for (int i = 0; i < 40; i++) {
      allowed += isAllowed(call(i % 3 == 0 ? a : b, token)) ? 1 : 0;
    }
    assertThat(allowed).isEqualTo(30);
    assertThat(call(b, token).text()).contains("max_calls exceeded (31 ");
  }

  @Test
  void a_gate_that_cannot_hear_of_the_others_refuses_and_is_not_ready_until_it_can_B37() {
    CapabilityToken token = token(Grant.to("agent").tenant("acme"));
    assertThat(b.get("/readyz").status()).isEqualTo(200);
    assertThat(TestGate.json(b.get("/readyz")).path("feed").path("fresh").asBoolean()).isTrue();
    String name = url.replaceFirst(".*/([^/?]+)\\?.*", "$1");

    EmbeddedPostgresServer.execute(
        "postgres", "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    EmbeddedPostgresServer.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    until(() -> !TestGate.json(b.get("/readyz")).path("feed").path("fresh").asBoolean(true));
    assertThat(b.get("/readyz").status()).isEqualTo(503);
    assertThat(isAllowed(call(b, token))).isFalse();

    EmbeddedPostgresServer.execute(
        "postgres", "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
    until(() -> TestGate.json(b.get("/readyz")).path("feed").path("fresh").asBoolean());
    until(() -> isAllowed(call(b, token)));
    until(() -> b.get("/readyz").status() == 200);
  }

  @Test
  void a_restart_on_sqlite_forgets_nothing_B49() {
    Path folder = directory.resolve("sqlite");
    CapabilityToken revoked = token(Grant.to("agent").tenant("acme"));
    CapabilityToken twice = token(Grant.to("agent").tenant("acme").maxCalls(2));
    try (TestGate gate = TestGate.start(folder, "STORE", "sqlite")) {
      done(gate.post("/v1/admin/revoke", "{\"jti\":\"" + revoked.id() + "\"}", SUPER));
      done(
          gate.post(
              "/v1/admin/kill-switch", "{\"scope\":\"tenant\",\"tenant\":\"globex\"}", SUPER));
      assertThat(isAllowed(call(gate, twice))).isTrue();
    }
    try (TestGate gate = TestGate.start(folder, "STORE", "sqlite")) {
      assertThat(call(gate, revoked).text()).contains("token revoked");
      assertThat(call(gate, token(Grant.to("agent").tenant("globex"))).text())
          .contains("halted by kill switch (tenant)");
      assertThat(isAllowed(call(gate, twice))).isTrue();
      assertThat(call(gate, twice).text()).contains("max_calls exceeded (3 ");
    }
  }
}
