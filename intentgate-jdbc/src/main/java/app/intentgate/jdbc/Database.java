package app.intentgate.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A database and its pools of connections: some that write, others that read, so that a long query
 * never holds up a decision. Of those that read, one is kept for small questions: scans take the
 * others, and wait for one another. Opening connects to nothing; the first use does. Thread-safe;
 * every method may block.
 *
 * <p>Failures are {@link DatabaseException}s, and a transaction that met a deadlock or a
 * serialization failure was tried again first.
 */
public final class Database implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  /** One more than connections may be waiting, all of them dead. */
  private static final int READ_ATTEMPTS = 12;

  private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";

  /** What is done in one transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it, on the transaction's connection. */
    T on(Handle handle) throws SQLException;
  }

  private final DatabaseConfig config;
  private final Dialect dialect;
  private final HikariDataSource writePool;
  private final HikariDataSource readPool;
  private final Jdbi writes;
  private final Jdbi reads;
  private final Jdbi scans;

  /** For as many as connections that scans may hold at once. */
  private final ScanRoom scanning;

  private Database(DatabaseConfig config) {
    this.config = config;
    this.dialect =
        config.target() instanceof DatabaseTarget.Postgres
            ? new PostgresDialect()
            : new SqliteDialect();
    this.writePool = Pools.writers(config);
    this.readPool = Pools.readers(config);
    this.writes = Jdbi.create(writePool);
    this.scans = Jdbi.create(readPool);
    // A single reader may be busy with a scan for long.
    this.reads = config.readers() == 1 ? writes : scans;
    this.scanning = new ScanRoom(Math.max(1, config.readers() - 1));
  }

  /** Opens a database. */
  public static Database open(DatabaseConfig config) {
    return new Database(config);
  }

  /** Opens a database with default limits. */
  public static Database open(DatabaseTarget target) {
    return open(DatabaseConfig.of(target));
  }

  /**
   * One connection that can only read, outside of any pool, for a tool; to be closed. A file of
   * SQLite is neither made nor changed.
   *
   * @param silence how long the database may say nothing before the connection is given up
   * @throws DatabaseException when there is no such database, or it is away
   */
  public static Connection connectReadOnly(DatabaseTarget target, Duration silence) {
    try {
      Connection connection = Pools.readOnly(DatabaseConfig.of(target), silence);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new DatabaseException(
          DatabaseException.Code.UNAVAILABLE,
          target.describe() + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  /** In what this database differs from others. */
  public Dialect dialect() {
    return dialect;
  }

  /** What it was opened with. */
  public DatabaseConfig config() {
    return config;
  }

  /** A connection that may write, for who minds its transactions alone; to be closed. */
  public Connection connect() throws SQLException {
    return writePool.getConnection();
  }

  /**
   * Runs a transaction, and again when it met a deadlock or a serialization failure: it must not do
   * anything outside of the database that may not happen twice.
   *
   * @throws DatabaseException when the database is away or refuses
   */
  public <T> T write(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return writes.inTransaction(work::on);
      } catch (SQLException | RuntimeException e) {
        SQLException cause = DatabaseException.sqlCause(e);
        if (cause == null || attempt == ATTEMPTS || !dialect.isWorthRetrying(cause)) {
          throw translated(e);
        }
        pause(attempt);
      }
    }
  }

  /**
   * Reads a little in one transaction: everything it sees is of one moment. A connection that turns
   * out to be dead before the reading begins, as those are that waited in the pool while the
   * database started anew, is given up for another. What may read much is a {@link #scan}.
   *
   * @throws DatabaseException when the database is away or refuses
   */
  public <T> T read(Work<T> work) {
    return read(reads, work);
  }

  /**
   * Reads as {@link #read} does, but as much as it likes: the database may say nothing for a minute
   * before the first row. Scans leave a connection for {@link #read}, and wait for another scan to
   * end no longer than for a connection.
   *
   * @throws DatabaseException when the database is away or refuses, or too many scans are under way
   */
  public <T> T scan(Work<T> work) {
    return scan("", work);
  }

  /**
   * The same for a tenant, whose scans leave room for one of somebody else.
   *
   * @param tenant who asks; empty for one who is of no tenant
   * @throws DatabaseException when the database is away or refuses, or too many scans are under
   *     way, of all or of the tenant
   */
  public <T> T scan(String tenant, Work<T> work) {
    try {
      if (!scanning.enter(tenant, config.connectWait().toMillis())) {
        throw new DatabaseException(
            DatabaseException.Code.UNAVAILABLE,
            config.target().describe() + " is busy with other long queries; ask again later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException(
          DatabaseException.Code.UNAVAILABLE, "interrupted before a long query", e);
    }
    try {
      return read(
          scans,
          handle -> {
            Pools.waitLonger(handle.getConnection(), config);
            return work.on(handle);
          });
    } finally {
      scanning.leave(tenant);
    }
  }

  private <T> T read(Jdbi pool, Work<T> work) {
    AtomicBoolean begun = new AtomicBoolean();
    for (int attempt = 1; ; attempt++) {
      try {
        return pool.inTransaction(
            handle -> {
              if (dialect.isShared()) {
                // Said here, as whoever has it set and reset hides why a connection was lost.
                handle.execute(ONE_MOMENT);
              }
              begun.set(true);
              return work.on(handle);
            });
      } catch (SQLException | RuntimeException e) {
        SQLException cause = DatabaseException.sqlCause(e);
        boolean dead =
            cause != null
                && !begun.get()
                && !(cause instanceof SQLTransientConnectionException)
                && dialect.isUnavailable(cause);
        if (!dead || attempt == READ_ATTEMPTS) {
          throw translated(e);
        }
        pause(1);
      }
    }
  }

  /**
   * Asks the database to answer at all. That everybody who reads is busy is no sign that it does
   * not: then a connection that writes asks, and the other way round.
   *
   * @throws DatabaseException when it does not
   */
  public void ping() {
    HikariDataSource first = reads == writes ? writePool : readPool;
    try {
      ping(first);
    } catch (SQLTransientConnectionException e) {
      HikariPoolMXBean pool = first.getHikariPoolMXBean();
      if (pool.getActiveConnections() < first.getMaximumPoolSize()) {
        throw translated(e);
      }
      pingByOther(first == readPool ? writePool : readPool);
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  private void pingByOther(HikariDataSource pool) {
    try {
      ping(pool);
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  private static void ping(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement select = connection.createStatement()) {
      select.executeQuery("SELECT 1").close();
    }
  }

  /**
   * The time by which everything in this database goes, in milliseconds: the database's own where
   * several processes share it, as their clocks may differ.
   *
   * @param clock the time where one process has the database alone
   */
  public long nowMillis(Connection connection, Clock clock) throws SQLException {
    if (!dialect.isShared()) {
      return clock.millis();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")) {
      if (!row.next()) {
        throw new SQLException("the database does not know the time");
      }
      return row.getLong(1);
    }
  }

  /**
   * A connection outside of the pools, for one who keeps it and closes it.
   *
   * @param silence how long the database may say nothing before the connection is given up
   */
  public Connection connectApart(Duration silence) throws SQLException {
    return Pools.apart(config, silence);
  }

  /** A failure as the exceptions of this package; those of others stay what they are. */
  public RuntimeException translated(Exception failure) {
    SQLException cause = DatabaseException.sqlCause(failure);
    if (failure instanceof RuntimeException known
        && (known instanceof DatabaseException || cause == null)) {
      return known;
    }
    if (cause == null) {
      return new IllegalStateException(failure);
    }
    boolean away = dialect.isUnavailable(cause);
    return new DatabaseException(
        away ? DatabaseException.Code.UNAVAILABLE : DatabaseException.Code.FAILED,
        config.target().describe() + (away ? " is away: " : ": ") + cause.getMessage(),
        failure);
  }

  private static void pause(int attempt) {
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1, 5 << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    readPool.close();
    writePool.close();
  }

  @Override
  public String toString() {
    return config.toString();
  }
}
