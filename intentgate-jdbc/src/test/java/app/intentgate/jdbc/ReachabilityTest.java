package app.intentgate.jdbc;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class ReachabilityTest {
  @Test
  void a_database_that_goes_and_comes_back_is_a_problem_meanwhile() throws Exception {
    String url = EmbeddedPostgresServer.newDatabase();
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort())) {
      String through = url.replaceFirst("@localhost:\\d+", "@localhost:" + proxy.port());
      DatabaseConfig config =
          DatabaseConfig.of(new DatabaseTarget.Postgres(PostgresUrl.parse(through)))
              .withWaits(Duration.ofMillis(300), Duration.ofSeconds(1));
      try (Database database = Database.open(config);
          Reachability reachability = new Reachability(database, Duration.ofMillis(20))) {
        database.ping();
        assertThat(reachability.problem()).isNull();
        proxy.down();
        until("it is missed", () -> reachability.problem() != null);
        assertThat(reachability.problem())
            .contains("is away")
            .contains(String.valueOf(proxy.port()))
            .doesNotContain("postgres:postgres");
        proxy.up();
        until("it is found again", () -> reachability.problem() == null);
      }
    }
  }
}
