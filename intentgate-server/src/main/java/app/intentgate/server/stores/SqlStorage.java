package app.intentgate.server.stores;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.StoreLock;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.audit.BufferedAuditStore;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import app.intentgate.jdbc.audit.MonthPartitions;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.jdbc.state.SqlState;
import app.intentgate.jdbc.state.StateOptions;
import app.intentgate.server.config.AuditSettings;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of the gate, brought to the schema of this program, and what is kept there.
 *
 * @param database its connections
 * @param audit the audit log in it; closed by the gate, before this
 * @param state everything else in it
 * @param lock what keeps other processes from its files; null when it has none
 */
record SqlStorage(Database database, AuditStore audit, SqlState state, @Nullable StoreLock lock)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqlStorage.class);
  private static final String FILE = "intentgate.db";
  private static final String SPILL_FILE = "audit.spill";
  private static final int IN_MEMORY = 10_000;
  private static final long SPILL_BYTES = 1L << 30;

  /**
   * Opens the database that the configuration names.
   *
   * @throws app.intentgate.store.StoreUnavailableException when it cannot be used
   * @throws AuditException when another process has the file
   */
  static SqlStorage open(Config config, Choices.Store kind, AuditWriter.Limits limits) {
    Path directory = config.get(StoreSettings.DATA_DIR);
    boolean postgres = kind == Choices.Store.POSTGRES;
    boolean spills = config.get(AuditSettings.AUDIT_MODE) == Choices.AuditMode.BUFFERED;
    // Gates that share a database may share a directory, unless one keeps events there.
    StoreLock lock =
        !postgres ? lock(directory, FILE) : spills ? lock(directory, SPILL_FILE) : null;
    DatabaseTarget target =
        postgres
            ? new DatabaseTarget.Postgres(config.get(StoreSettings.POSTGRES_URL))
            : new DatabaseTarget.SqliteFile(directory.resolve(FILE));
    try {
      return open(config, Database.open(sized(config, target)), limits, lock);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  private static DatabaseConfig sized(Config config, DatabaseTarget target) {
    DatabaseConfig sized = DatabaseConfig.of(target);
    if (target instanceof DatabaseTarget.Postgres postgres && postgres.url().poolSize() == 0) {
      int all = Math.toIntExact(config.get(StoreSettings.POSTGRES_POOL));
      return sized.withConnections(all - all / 2, all / 2);
    }
    return sized;
  }

  private static SqlStorage open(
      Config config, Database database, AuditWriter.Limits limits, @Nullable StoreLock lock) {
    try {
      Schema.of(database).migrate();
      new MonthPartitions(database, Clock.systemUTC()).makeAhead();
      SqlState state = SqlState.open(database, options(config));
      try {
        return new SqlStorage(database, audit(config, database, limits), state, lock);
      } catch (RuntimeException e) {
        state.close();
        throw e;
      }
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static StateOptions options(Config config) {
    return StateOptions.of(Clock.systemUTC())
        .withStaleAfter(Duration.ofMillis(config.get(StoreSettings.FEED_STALE_MS)));
  }

  private static AuditStore audit(Config config, Database database, AuditWriter.Limits limits) {
    if (config.get(AuditSettings.AUDIT_MODE) == Choices.AuditMode.DURABLE) {
      return new JdbcAuditStore(database, limits, null);
    }
    return new BufferedAuditStore(
        new JdbcAuditStore(database, BufferedAuditStore.limits(IN_MEMORY), null),
        config.get(StoreSettings.DATA_DIR).resolve(SPILL_FILE),
        SPILL_BYTES,
        IN_MEMORY,
        limits.maxWait());
  }

  private static StoreLock lock(Path directory, String name) {
    Path file = directory.resolve(name);
    try {
      StoreLock.makePrivate(file);
      return StoreLock.take(directory.resolve(name + ".lock"));
    } catch (IOException e) {
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE, "cannot open " + file + ": " + e, e);
    }
  }

  private static void release(@Nullable StoreLock lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.warn("cannot let go of the lock of the database", e);
      }
    }
  }

  /** How many events went by way of the spill file. */
  long spilled() {
    return audit instanceof BufferedAuditStore buffered ? buffered.spilled() : 0;
  }

  @Override
  public void close() {
    state.close();
    database.close();
    release(lock);
  }
}
