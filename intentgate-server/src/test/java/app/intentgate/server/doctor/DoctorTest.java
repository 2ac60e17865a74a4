package app.intentgate.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.StoreLock;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.jdbc.policy.SqlPolicyStore;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;

  private static String texts(List<Finding> found, Level level) {
    return found.stream()
        .filter(f -> f.level() == level)
        .map(f -> f.subject() + " " + f.text())
        .toList()
        .toString();
  }

  @Test
  void every_variable_is_looked_at_and_unknown_ones_get_the_nearest_name() {
    List<Finding> found =
        ConfigDoctor.examine(
            Map.of(
                "INTENTGATE_AUDIT_WAIT_MS", "soon",
                "INTENTGATE_REQUIRE_CAPABILITY", "maybe",
                "INTENTGATE_MASTER_KEY", "short-secret",
                "INTENTGATE_ADRR", ":8080"));
    assertThat(texts(found, Level.BAD))
        .contains("INTENTGATE_AUDIT_WAIT_MS")
        .contains("INTENTGATE_REQUIRE_CAPABILITY")
        .doesNotContain("short-secret");
    assertThat(texts(found, Level.WARN)).contains("did you mean INTENTGATE_ADDR?");
    assertThat(texts(ConfigDoctor.examine(Map.of("INTENTGATE_STORE", "postgres")), Level.BAD))
        .contains("INTENTGATE_POSTGRES_URL");
    assertThat(ConfigDoctor.examine(Map.of())).extracting(Finding::level).containsExactly(Level.OK);
  }

  @Test
  void a_store_that_a_process_has_open_is_named_and_a_missing_directory_is_fine()
      throws IOException {
    try (StoreLock lock = StoreLock.take(folder.resolve("intentgate.db.lock"))) {
      assertThat(lock).isNotNull();
      assertThat(texts(DirectoryDoctor.examine(folder, true), Level.WARN)).contains("open");
    }
    assertThat(DirectoryDoctor.examine(folder.resolve("none"), true))
        .extracting(Finding::level)
        .containsExactly(Level.OK);
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(texts(DirectoryDoctor.examine(file, true), Level.BAD)).contains("no directory");
  }

  @Test
  void a_database_is_reached_its_schema_rights_and_clock_compared() {
    String url = EmbeddedPostgresServer.newDatabase();
    DatabaseTarget target = new DatabaseTarget.Postgres(PostgresUrl.parse(url));
    Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
    List<Finding> empty = DatabaseDoctor.examine(target, wrong);
    assertThat(texts(empty, Level.WARN))
        .contains("run intentgate migrate: 1 audit")
        .contains("behind")
        .doesNotContain("notifications");
    assertThat(texts(empty, Level.BAD)).contains("fsync is off");
    try (Database database = Database.open(target)) {
      var unused = Schema.of(database).migrate();
    }
    assertThat(texts(DatabaseDoctor.examine(target, Clock.systemUTC()), Level.WARN))
        .contains("may rewrite audit events")
        .doesNotContain("migrate");
    assertThat(texts(DatabaseDoctor.examine(target, Clock.systemUTC()), Level.OK))
        .contains("a notification came through in")
        .doesNotContain("heard of");
    DatabaseTarget away =
        new DatabaseTarget.Postgres(
            PostgresUrl.parse("postgres://u:hidden-word@localhost:1/none?sslmode=disable"));
    assertThat(texts(DatabaseDoctor.examine(away, Clock.systemUTC()), Level.BAD))
        .contains("cannot be used")
        .doesNotContain("hidden-word");
  }

  @Test
  void the_gates_of_a_database_are_named_and_how_fresh_their_feed_is() {
    String url = EmbeddedPostgresServer.newDatabase();
    DatabaseTarget target = new DatabaseTarget.Postgres(PostgresUrl.parse(url));
    try (Database database = Database.open(target)) {
      var unused = Schema.of(database).migrate();
      SqlPolicyStore policies = new SqlPolicyStore(database, Clock.systemUTC());
      policies.beat("gate-a", Map.of());
      policies.beat("gate-b", Map.of());
      int moved =
          database.write(
              h ->
                  h.execute(
                      // A slow machine looks later than a gate may be silent: one is heard ahead.
                      "UPDATE ig_policy_gates SET seen_ms = seen_ms"
                          + " + CASE gate WHEN 'gate-b' THEN -60000 ELSE 600000 END"));
      assertThat(moved).isEqualTo(2);
    }
    List<Finding> found = DatabaseDoctor.examine(target, Clock.systemUTC());
    assertThat(found)
        .anyMatch(f -> f.subject().equals("gate gate-a") && f.level() == Level.OK)
        .anyMatch(f -> f.subject().equals("gate gate-b") && f.level() == Level.WARN);
    assertThat(texts(found, Level.WARN))
        .containsPattern("gate gate-b was last heard of \\d+ s ago");
  }

  @Test
  void a_role_without_rights_and_a_damaged_file_are_found() throws IOException {
    String url = EmbeddedPostgresServer.newDatabase();
    String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    try (Database database = Database.open(new DatabaseTarget.Postgres(PostgresUrl.parse(url)))) {
      var unused = Schema.of(database).migrate();
    }
    EmbeddedPostgresServer.execute(
        name,
        "CREATE ROLE doctor_reads LOGIN PASSWORD 'pw';"
            + " GRANT SELECT ON ALL TABLES IN SCHEMA public TO doctor_reads");
    DatabaseTarget reader =
        new DatabaseTarget.Postgres(
            PostgresUrl.parse(url.replace("postgres:postgres@", "doctor_reads:pw@")));
    assertThat(texts(DatabaseDoctor.examine(reader, Clock.systemUTC()), Level.BAD))
        .contains("ig_audit_events INSERT");
    Path file = Files.writeString(folder.resolve("intentgate.db"), "x".repeat(5000));
    assertThat(
            texts(
                DatabaseDoctor.examine(new DatabaseTarget.SqliteFile(file), Clock.systemUTC()),
                Level.BAD))
        .isNotEqualTo("[]");
  }
}
