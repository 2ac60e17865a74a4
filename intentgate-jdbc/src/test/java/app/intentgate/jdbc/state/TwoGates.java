package app.intentgate.jdbc.state;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Migrated;
import java.time.Clock;
import java.time.Duration;

/** Two gates on one database of PostgreSQL, as two processes have it: pools and threads apart. */
final class TwoGates implements AutoCloseable {
  final String url;
  final Database databaseOfA;
  final Database databaseOfB;
  final SqlState a;
  final SqlState b;

  TwoGates() {
    this(EmbeddedPostgresServer.newMigratedDatabase(), StateOptions.DEFAULT_STALE_AFTER, 0);
  }

  /** The second one may go by another port, where a proxy stands. */
  TwoGates(String url, Duration staleAfter, int portOfB) {
    this.url = url;
    databaseOfA = Migrated.open(target(url));
    String urlOfB =
        portOfB == 0 ? url : url.replaceFirst("@localhost:\\d+", "@localhost:" + portOfB);
    databaseOfB = Migrated.open(target(urlOfB));
    StateOptions options = StateOptions.of(Clock.systemUTC()).withStaleAfter(staleAfter);
    a = SqlState.open(databaseOfA, options);
    b = SqlState.open(databaseOfB, options);
  }

  static DatabaseTarget target(String url) {
    return new DatabaseTarget.Postgres(PostgresUrl.parse(url));
  }

  String databaseName() {
    return url.replaceFirst(".*/([^/?]+)\\?.*", "$1");
  }

  /** Ends every session of this database, as a failover does. */
  void cutSessions() {
    EmbeddedPostgresServer.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + databaseName()
            + "'");
  }

  @Override
  public void close() {
    a.close();
    b.close();
    databaseOfA.close();
    databaseOfB.close();
  }
}
