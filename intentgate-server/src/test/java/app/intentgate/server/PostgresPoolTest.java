package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * INTENTGATE_POSTGRES_POOL bounds the connections of a gate, and what happens when all are taken.
 */
@Timeout(120)
class PostgresPoolTest {
  private static final String[] AUTH = {"Authorization", "Bearer " + TestGate.ADMIN};

  @TempDir Path directory;

  private final String url = EmbeddedPostgresServer.newMigratedDatabase();
  private final String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));

  private TestGate gate(String database) {
    return TestGate.start(
        directory,
        "STORE",
        "",
        "POSTGRES_URL",
        database,
        "POSTGRES_POOL",
        "2",
        "AUDIT_WAIT_MS",
        "800");
  }

  private static Connection owner(String database) throws SQLException {
    return EmbeddedPostgresServer.get().getDatabase("postgres", database).getConnection();
  }

  private int sessions() throws SQLException {
    try (Connection connection = owner("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name + "'")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Calls from many threads, and how many sessions there were at most meanwhile. */
  private int mostSessions(TestGate gate, int threads, int each) throws Exception {
    AtomicInteger answered = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread caller =
          new Thread(
              () -> {
                for (int n = 0; n < each; n++) {
                  gate.get("/v1/admin/audit?limit=5", AUTH);
                  if (TestGate.json(gate.call("read_a")).has("result")) {
                    answered.incrementAndGet();
                  }
                }
              });
      callers.add(caller);
      caller.start();
    }
    int most = 0;
    for (Thread caller : callers) {
      while (caller.isAlive()) {
        most = Math.max(most, sessions());
        caller.join(5);
      }
    }
    assertThat(answered).hasValue(threads * each);
    return most;
  }

  @Test
  void so_many_connections_are_used_and_one_for_the_feed() throws Exception {
    try (TestGate gate = gate(url)) {
      assertThat(mostSessions(gate, 12, 5)).isBetween(2, 3);
    }
    try (TestGate gate = gate(url + "&pool_max_conns=6")) {
      assertThat(mostSessions(gate, 16, 10)).as("the URL counts before it").isBetween(4, 7);
    }
  }

  @Test
  void when_all_are_taken_nothing_is_decided_and_it_goes_on_when_one_is_free() throws Exception {
    try (TestGate gate = gate(url)) {
      assertThat(TestGate.json(gate.call("read_a")).has("result")).isTrue();
      try (Connection other = owner(name);
          Statement holds = other.createStatement()) {
        other.setAutoCommit(false);
        holds.execute("LOCK TABLE ig_chain_heads IN EXCLUSIVE MODE");
        assertThat(TestGate.json(gate.call("read_b")).at("/error/message").asText())
            .isEqualTo("audit store unavailable");
        until(() -> gate.get("/readyz").status() == 503);
        assertThat(gate.post("/v1/admin/revoke", "{\"jti\":\"x\"}", AUTH).status()).isEqualTo(503);
        other.rollback();
      }
      until(() -> gate.get("/readyz").status() == 200);
      until(() -> TestGate.json(gate.call("read_c")).has("result"));
      assertThat(gate.events())
          .extracting(stored -> stored.event().tool())
          .contains("read_a", "read_c")
          .doesNotContain("read_b");
      assertThat(gate.server().gate().audit().verify("", null, null).ok()).isTrue();
    }
  }
}
