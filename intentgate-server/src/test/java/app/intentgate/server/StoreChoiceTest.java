package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which store a gate uses, and what it says when that cannot be reached (B37, B59). */
class StoreChoiceTest {
  @TempDir Path directory;

  private TestGate start(String... variables) {
    return TestGate.start(directory, variables);
  }

  @Test
  void without_a_word_it_is_sqlite_and_outlives_the_gate() {
    for (int calls = 1; calls <= 2; calls++) {
      try (TestGate gate = start("STORE", "")) {
        gate.call("read_a");
        assertThat(gate.events()).hasSize(calls);
        assertThat(gate.server().gate().audit().verify("", null, null).ok()).isTrue();
      }
    }
    assertThat(directory.resolve("intentgate.db")).exists();
  }

  @Test
  void a_directory_that_holds_a_file_store_keeps_it() {
    start("STORE", "file").close();
    Config config = Config.of(TestGate.environment(directory, "STORE", ""));
    assertThat(config.store()).isEqualTo(Choices.Store.FILE);
  }

  @Test
  void a_directory_that_is_held_is_refused() {
    try (TestGate first = start("STORE", "sqlite")) {
      assertThatThrownBy(() -> start("STORE", "sqlite").close())
          .hasMessageContaining("use another data directory");
      assertThat(first.get("/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void a_url_alone_is_postgres_and_words_that_contradict_stop_the_start() {
    Map<String, String> url = Map.of("INTENTGATE_POSTGRES_URL", "postgres://u:p@h/d");
    assertThat(Config.of(url).store()).isEqualTo(Choices.Store.POSTGRES);
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_STORE", "postgres")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("INTENTGATE_POSTGRES_URL");
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_POSTGRES_URL", "http://u:hush@h")))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("hush");
    assertThatThrownBy(
            () ->
                Config.of(
                    Map.of("INTENTGATE_STORE", "memory", "INTENTGATE_AUDIT_MODE", "buffered")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void a_buffering_gate_answers_and_its_events_arrive() {
    try (TestGate gate = start("STORE", "sqlite", "AUDIT_MODE", "buffered")) {
      assertThat(TestGate.json(gate.call("read_a")).has("result")).isTrue();
      until(() -> gate.events().size() == 1);
    }
  }

  @Test
  void a_gate_whose_database_is_away_is_not_ready_and_answers_failures_only() {
    String url = EmbeddedPostgresServer.newMigratedDatabase();
    String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    try (TestGate gate = start("STORE", "", "POSTGRES_URL", url, "AUDIT_WAIT_MS", "500")) {
      assertThat(TestGate.json(gate.call("read_a")).has("result")).isTrue();
      assertThat(gate.get("/readyz").status()).isEqualTo(200);

      allow(name, false);
      EmbeddedPostgresServer.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
      until(() -> gate.get("/readyz").status() == 503);
      assertThat(TestGate.json(gate.call("read_b")).path("error").path("message").asText())
          .isEqualTo("audit store unavailable");

      allow(name, true);
      until(() -> gate.get("/readyz").status() == 200);
      until(() -> TestGate.json(gate.call("read_c")).has("result"));
      assertThat(gate.events())
          .extracting(stored -> stored.event().tool())
          .contains("read_a", "read_c")
          .doesNotContain("read_b");
    } finally {
      allow(name, true);
    }
  }

  private static void allow(String database, boolean connections) {
    EmbeddedPostgresServer.execute(
        "postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS " + connections);
  }
}
