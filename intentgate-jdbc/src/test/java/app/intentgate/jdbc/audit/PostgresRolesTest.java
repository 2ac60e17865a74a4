package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The roles of docs/postgresql.md, made by the statements that stand there. */
class PostgresRolesTest {
  private static Path document() {
    Path base = Path.of(System.getProperty("intentgate.basedir", ".."));
    Path here = base.resolve("docs/postgresql.md");
    return Files.exists(here) ? here : Path.of("../docs/postgresql.md");
  }

  private static Database signIn(String ownerUrl, String role) {
    return Database.open(
        new DatabaseTarget.Postgres(
            PostgresUrl.parse(ownerUrl.replace("postgres:postgres@", role + ":change-me@"))));
  }

  private static void append(JdbcAuditStore store, String tenant) {
    store
        .append(
            AuditEvent.builder()
                .at(Instant.now())
                .decision(AuditDecision.ALLOW)
                .tenant(tenant)
                .tool("read_a")
                .build())
        .toCompletableFuture()
        .join();
  }

  @Test
  void the_gate_can_append_and_not_rewrite_and_a_tenant_sees_its_own_rows() throws Exception {
    String url = EmbeddedPostgresServer.newDatabase();
    String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    try (Database owner = Database.open(new DatabaseTarget.Postgres(PostgresUrl.parse(url)))) {
      Schema.of(owner).migrate();
      assertThat(new MonthPartitions(owner, Clock.systemUTC()).makeAhead()).isEqualTo(4);
      assertThat(new MonthPartitions(owner, Clock.systemUTC()).makeAhead()).isZero();
    }
    Matcher blocks = Pattern.compile("(?s)```sql\n(.*?)```").matcher(Files.readString(document()));
    while (blocks.find()) {
      EmbeddedPostgresServer.execute(name, blocks.group(1));
    }
    try (Database gate = signIn(url, "intentgate_gate")) {
      assertThat(Schema.of(gate).migrate()).isZero();
      try (JdbcAuditStore store = new JdbcAuditStore(gate)) {
        append(store, "acme");
        append(store, "globex");
        assertThat(store.verify("acme", null, null).ok()).isTrue();
        assertThat(store.verify("globex", null, null).verified()).isEqualTo(1);
      }
      String month = MonthPartitions.name(java.time.YearMonth.now(java.time.ZoneOffset.UTC));
      for (String statement :
          List.of(
              "UPDATE ig_audit_events SET line = ''",
              "DELETE FROM ig_audit_events",
              "TRUNCATE ig_audit_events",
              "DELETE FROM " + month,
              "UPDATE " + month + " SET line = ''",
              "DELETE FROM ig_audit_commits",
              "DELETE FROM ig_chain_heads",
              "DELETE FROM ig_schema_history",
              "ALTER TABLE ig_audit_events DISABLE ROW LEVEL SECURITY",
              "DROP TABLE ig_audit_events")) {
        assertThatThrownBy(() -> gate.write(handle -> handle.execute(statement)))
            .as(statement)
            .isInstanceOf(DatabaseException.class)
            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
      }
    }
    try (Database tenant = signIn(url, "tenant_acme")) {
      assertThat(
              tenant.<List<String>>read(
                  handle ->
                      handle
                          .createQuery("SELECT chain FROM ig_audit_events")
                          .mapTo(String.class)
                          .list()))
          .containsExactly("acme");
    }
  }
}
