package app.intentgate.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;

/** Makes the connection pools of a database. One that is away is no reason not to make them. */
final class Pools {
  private static final System.Logger LOG = System.getLogger(Pools.class.getName());

  /** Counting millions of rows takes its time before it says a word. */
  private static final int LONG_QUERY_MILLIS = 60_000;

  private static final String SOCKET_TIMEOUT = "socketTimeout";

  /** What was committed stays, also where the server's own default trades that for speed. */
  private static final String COMMITS_ARE_DURABLE =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') = 'off'";

  /**
   * A query that was given up, or whose gate is gone, must not go on in the server: whoever asks
   * again and again would fill it with them. Servers before 14 cannot look, nor those on systems
   * that do not tell.
   */
  private static final String QUERIES_END_WITH_THEIR_CLIENT =
      "SELECT set_config('client_connection_check_interval', '2s', false)"
          + " WHERE current_setting('client_connection_check_interval', true) = '0'"
          + " AND version() LIKE '%linux%'";

  private static final long LEAST_STANDSTILL_MILLIS = 5_000;

  private static final int SQLITE_CACHE_KIB = 16 << 10;
  private static final int SQLITE_BUSY_MS = 5_000;

  private Pools() {}

  static HikariDataSource writers(DatabaseConfig config) {
    boolean sqlite = config.target() instanceof DatabaseTarget.SqliteFile;
    DataSource source = source(config, false);
    if (sqlite) {
      openOnce(config.wrap().apply(source));
    }
    return pool(config, source, "write", sqlite ? 1 : config.writers());
  }

  /**
   * Waits for a first connection, which loads SQLite itself: on a machine that is busy with other
   * starts that took longer than a pool waits, though nothing is away then. What is wrong with the
   * file, the pool says when it is asked.
   */
  private static void openOnce(DataSource source) {
    try {
      source.getConnection().close();
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "the file of SQLite cannot be opened yet", e);
    }
  }

  static HikariDataSource readers(DatabaseConfig config) {
    return pool(config, source(config, true), "read", config.readers());
  }

  static Connection apart(DatabaseConfig config, Duration silence) throws SQLException {
    Connection connection = config.wrap().apply(source(config, false)).getConnection();
    try {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(silence.toMillis()));
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  static Connection readOnly(DatabaseConfig config, Duration silence) throws SQLException {
    if (config.target() instanceof DatabaseTarget.Postgres) {
      Connection connection = apart(config, silence);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return connection;
    }
    Path file = ((DatabaseTarget.SqliteFile) config.target()).file();
    if (!Files.isRegularFile(file)) {
      throw new SQLException("there is no such file");
    }
    SQLiteConfig settings = new SQLiteConfig();
    settings.setReadOnly(true);
    settings.setBusyTimeout(SQLITE_BUSY_MS);
    // On a medium that nobody writes there is no log of changes, and none can be made.
    boolean frozen =
        !Files.isWritable(file.toAbsolutePath().getParent())
            && !Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
    String url = "jdbc:sqlite:" + (frozen ? file.toUri() + "?immutable=1" : file);
    return SqliteLibrary.source(settings, url).getConnection();
  }

  private static HikariDataSource pool(
      DatabaseConfig config, DataSource source, String kind, int size) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("intentgate-" + kind);
    pool.setDataSource(config.wrap().apply(source));
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(config.target() instanceof DatabaseTarget.SqliteFile ? size : 1);
    pool.setConnectionTimeout(config.connectWait().toMillis());
    pool.setValidationTimeout(Math.min(1_000, config.connectWait().toMillis()));
    pool.setInitializationFailTimeout(-1);
    pool.setReadOnly(kind.equals("read") && config.target() instanceof DatabaseTarget.Postgres);
    if (config.target() instanceof DatabaseTarget.SqliteFile) {
      pool.setMaxLifetime(0);
      pool.setIdleTimeout(0);
    } else {
      pool.setKeepaliveTime(60_000);
      // Said, not found out: the pool keeps what its first connection says, also when that dies
      // while it is asked, and then refuses every connection after it.
      pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
      pool.setConnectionInitSql(
          pool.isReadOnly()
              ? QUERIES_END_WITH_THEIR_CLIENT
              : String.join(
                  "; ", COMMITS_ARE_DURABLE, QUERIES_END_WITH_THEIR_CLIENT, goOn(config)));
    }
    return new HikariDataSource(pool);
  }

  /** A gate that stands still within a transaction must not hold up the others for longer. */
  private static String goOn(DatabaseConfig config) {
    long millis = Math.max(LEAST_STANDSTILL_MILLIS, config.socketWait().toMillis());
    return "SELECT set_config('idle_in_transaction_session_timeout', '"
        + millis
        + "', false)"
        + " WHERE current_setting('idle_in_transaction_session_timeout') = '0'";
  }

  private static DataSource source(DatabaseConfig config, boolean readOnly) {
    if (config.target() instanceof DatabaseTarget.Postgres p) {
      return postgres(config, p.url());
    }
    return sqlite((DatabaseTarget.SqliteFile) config.target(), readOnly);
  }

  /**
   * Lets a long query take its time, until the connection goes back to its pool; what the URL says
   * of it stands.
   */
  static void waitLonger(Connection connection, DatabaseConfig config) throws SQLException {
    if (config.target() instanceof DatabaseTarget.Postgres p
        && !p.url().driverProperties().containsKey(SOCKET_TIMEOUT)
        && config.socketWait().toMillis() < LONG_QUERY_MILLIS) {
      connection.setNetworkTimeout(Runnable::run, LONG_QUERY_MILLIS);
    }
  }

  private static DataSource postgres(DatabaseConfig config, PostgresUrl url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    Properties properties = url.driverProperties();
    properties.putIfAbsent(
        SOCKET_TIMEOUT, String.valueOf(Math.max(1, config.socketWait().toSeconds())));
    properties.putIfAbsent(
        "connectTimeout", String.valueOf(Math.max(1, config.connectWait().toSeconds())));
    properties.putIfAbsent("tcpKeepAlive", "true");
    properties.putIfAbsent("prepareThreshold", "2");
    try {
      for (String name : properties.stringPropertyNames()) {
        source.setProperty(name, properties.getProperty(name));
      }
    } catch (SQLException e) {
      throw new DatabaseException(
          DatabaseException.Code.BAD_CONFIGURATION,
          "the PostgreSQL URL has a value that cannot be used for one of its parameters");
    }
    return source;
  }

  private static DataSource sqlite(DatabaseTarget.SqliteFile target, boolean readOnly) {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    settings.setBusyTimeout(SQLITE_BUSY_MS);
    settings.setCacheSize(-SQLITE_CACHE_KIB);
    settings.enforceForeignKeys(true);
    if (readOnly) {
      settings.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    }
    return SqliteLibrary.source(settings, "jdbc:sqlite:" + target.file());
  }
}
