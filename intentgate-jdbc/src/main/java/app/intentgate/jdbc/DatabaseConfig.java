package app.intentgate.jdbc;

import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * What opens a {@link Database}: where it is, how many connections, how long to wait for anything.
 * Immutable; prints without secrets.
 *
 * @param target which database
 * @param writers how many connections may write at once; SQLite has one whatever is asked
 * @param readers how many connections serve queries, so that a long one never holds up a writer;
 *     one of them is kept for small questions, and a single one serves the long ones alone
 * @param connectWait how long to wait for a connection
 * @param socketWait how long a database may say nothing before its connection is given up; for
 *     exports, verifications and pages of events at least a minute, from part to part, unless the
 *     URL says otherwise
 * @param wrap put around the driver's data source; for tests that inject faults
 */
public record DatabaseConfig(
    DatabaseTarget target,
    int writers,
    int readers,
    Duration connectWait,
    Duration socketWait,
    UnaryOperator<DataSource> wrap) {

  /** Checks the limits. */
  public DatabaseConfig {
    if (writers < 1 || readers < 1) {
      throw bad("writers and readers must be positive: " + writers + ", " + readers);
    }
    if (connectWait.toMillis() < 250 || socketWait.toMillis() < 1000) {
      throw bad("connectWait must be at least 250 ms and socketWait 1 s");
    }
  }

  /** Four connections of each kind, two seconds for a connection, ten for an answer. */
  public static DatabaseConfig of(DatabaseTarget target) {
    int size = target instanceof DatabaseTarget.Postgres p ? p.url().poolSize() : 0;
    int each = size == 0 ? 4 : Math.max(1, size / 2);
    return new DatabaseConfig(
        target,
        each,
        each,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        UnaryOperator.identity());
  }

  /** The same with other numbers of connections. */
  public DatabaseConfig withConnections(int newWriters, int newReaders) {
    return new DatabaseConfig(target, newWriters, newReaders, connectWait, socketWait, wrap);
  }

  /** The same with other waits. */
  public DatabaseConfig withWaits(Duration newConnectWait, Duration newSocketWait) {
    return new DatabaseConfig(target, writers, readers, newConnectWait, newSocketWait, wrap);
  }

  /** The same with something around the driver's data source. */
  public DatabaseConfig withDataSource(UnaryOperator<DataSource> newWrap) {
    return new DatabaseConfig(target, writers, readers, connectWait, socketWait, newWrap);
  }

  private static DatabaseException bad(String why) {
    return new DatabaseException(DatabaseException.Code.BAD_CONFIGURATION, why);
  }

  @Override
  public String toString() {
    return target.describe() + " (" + writers + " writers, " + readers + " readers)";
  }
}
