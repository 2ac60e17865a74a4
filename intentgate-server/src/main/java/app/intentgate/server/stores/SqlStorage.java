package app.intentgate.server.stores;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.StoreLock;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import app.intentgate.jdbc.audit.MonthPartitions;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of the gate, brought to the schema of this program, and what is kept there.
 *
 * @param database its connections
 * @param audit the audit log in it; closed by the gate, before this
 * @param lock what keeps other processes from its file; null for PostgreSQL
 */
record SqlStorage(Database database, AuditStore audit, @Nullable StoreLock lock)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqlStorage.class);
  private static final String FILE = "intentgate.db";

  /**
   * Opens the database that the configuration names.
   *
   * @throws app.intentgate.store.StoreUnavailableException when it cannot be used
   * @throws AuditException when another process has the file
   */
  static SqlStorage open(Config config, Choices.Store kind, AuditWriter.Limits limits) {
    if (kind == Choices.Store.POSTGRES) {
      Database database =
          Database.open(new DatabaseTarget.Postgres(config.get(StoreSettings.POSTGRES_URL)));
      return open(database, limits, null);
    }
    Path file = config.get(StoreSettings.DATA_DIR).resolve(FILE);
    StoreLock lock = lock(file);
    try {
      return open(Database.open(new DatabaseTarget.SqliteFile(file)), limits, lock);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  private static SqlStorage open(
      Database database, AuditWriter.Limits limits, @Nullable StoreLock lock) {
    try {
      Schema.of(database).migrate();
      new MonthPartitions(database, Clock.systemUTC()).makeAhead();
      return new SqlStorage(database, new JdbcAuditStore(database, limits, null), lock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static StoreLock lock(Path file) {
    try {
      StoreLock.makePrivate(file);
      return StoreLock.take(file.resolveSibling(FILE + ".lock"));
    } catch (IOException e) {
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE, "cannot open the database " + file + ": " + e, e);
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

  @Override
  public void close() {
    database.close();
    release(lock);
  }
}
