package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A committed decision survives a crash of PostgreSQL whatever the server's default is (B43). */
class DurableCommitsTest {
  @ParameterizedTest
  @CsvSource({"off, on", "local, local", "on, on", "remote_apply, remote_apply"})
  void commits_are_never_less_durable_than_on_this_server(String server, String used) {
    String url = EmbeddedPostgresServer.newDatabase();
    String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    EmbeddedPostgresServer.execute(
        "postgres", "ALTER DATABASE " + name + " SET synchronous_commit = " + server);
    try (Database database = Database.open(new DatabaseTarget.Postgres(PostgresUrl.parse(url)))) {
      String setting =
          database.write(
              handle -> handle.createQuery("SHOW synchronous_commit").mapTo(String.class).one());
      assertThat(setting).isEqualTo(used);
    }
  }
}
