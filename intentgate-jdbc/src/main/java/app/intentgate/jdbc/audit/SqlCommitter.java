package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.BatchClaim;
import app.intentgate.audit.ChainLinker;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch in one transaction: locks the heads of its chains in order, chains in memory,
 * inserts, moves the heads, commits. While the database is away it tries again for as long as the
 * batch is wanted. Batches come from one thread; counters may be read by any.
 *
 * <p>When a commit's answer is lost, nobody knows whether the batch is stored. The next transaction
 * looks: whoever holds the locks of the heads sees whether the other one came through.
 */
final class SqlCommitter implements AuditWriter.Committer {
  private static final System.Logger LOG = System.getLogger(SqlCommitter.class.getName());
  private static final long FIRST_PAUSE_MS = 5;
  private static final long LONGEST_PAUSE_MS = 250;
  private static final long PATIENCE_AT_CLOSING_NANOS = 2_000_000_000;

  private final Database database;
  private final AuditSql sql;
  private final ChainLinker linker = new ChainLinker();
  private final LongAdder retries = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private volatile @Nullable String problem;
  private volatile long closingSince;

  /** Whether a batch was given up because the store closes; its one thread's own. */
  private boolean gaveUp;

  SqlCommitter(Database database, AuditSql sql) {
    this.database = database;
    this.sql = sql;
  }

  @Override
  public List<StoredEvent> commit(List<AuditEvent> batch) throws SQLException {
    return commit(batch, null);
  }

  @Override
  public List<StoredEvent> commit(List<AuditEvent> batch, @Nullable BatchClaim claim)
      throws SQLException {
    if (gaveUp) {
      // Were it stored now, it would stand before those that were not.
      throw new AuditException(
          AuditException.Code.CLOSED, "the audit store is closed, and its database is away");
    }
    SqlBatch doubtful = null;
    long pause = FIRST_PAUSE_MS;
    while (true) {
      SqlBatch attempt = new SqlBatch(batch);
      try {
        List<StoredEvent> stored = attempt(attempt, doubtful, claim);
        recovered();
        commits.increment();
        return stored;
      } catch (SQLException | RuntimeException e) {
        if (attempt.isInDoubt()) {
          if (!sql.isRefusal(e)) {
            doubtful = attempt;
          } else if (claim != null) {
            claim.leave();
          }
        }
        AuditException refusal = doubtful == null ? refusal(e) : null;
        if (refusal != null) {
          throw refusal;
        }
        boolean wanted = doubtful != null || (claim != null && claim.isOpen());
        if (!mayPass(e, attempt) || !wanted || isOver() || Thread.currentThread().isInterrupted()) {
          gaveUp |= isOver();
          throw e;
        }
        retries.increment();
        away(e);
        pause(pause);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      }
    }
  }

  private List<StoredEvent> attempt(
      SqlBatch batch, @Nullable SqlBatch doubtful, @Nullable BatchClaim claim) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try {
        return attempt(connection, batch, doubtful, claim);
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      } finally {
        autoCommitAgain(connection);
      }
    }
  }

  private List<StoredEvent> attempt(
      Connection connection,
      SqlBatch batch,
      @Nullable SqlBatch doubtful,
      @Nullable BatchClaim claim)
      throws SQLException {
    Map<String, HeadRow> heads = new HashMap<>();
    long position = sql.lock(connection, batch.chains(), heads);
    if (doubtful != null) {
      if (cameThrough(connection, doubtful)) {
        connection.rollback();
        return doubtful.stored();
      }
      if (claim != null) {
        claim.leave();
      }
    }
    batch.chain(heads, position, linker);
    sql.commit(
        connection,
        batch,
        () -> {
          if (claim != null && !claim.enter()) {
            throw new AuditException(AuditException.Code.WAIT_EXCEEDED, "nobody waits any more");
          }
          batch.doubt();
        });
    return batch.stored();
  }

  /** Whether an earlier transaction's first event stands where it was to stand. */
  private static boolean cameThrough(Connection connection, SqlBatch doubtful) throws SQLException {
    AuditRow first = doubtful.rows().get(0);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT line FROM ig_audit_events WHERE chain = ? AND seq = ?")) {
      select.setString(1, first.chain());
      select.setLong(2, first.seq());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getString(1).equals(first.line());
      }
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException | RuntimeException e) {
      cause.addSuppressed(e);
      end(connection, cause);
    }
  }

  /** What could not be rolled back must not be used again: its next user would commit it. */
  private static void end(Connection connection, Exception cause) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static void autoCommitAgain(Connection connection) {
    try {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    } catch (SQLException | RuntimeException e) {
      // The pool finds out, and throws the connection away.
      LOG.log(System.Logger.Level.DEBUG, "a broken connection", e);
    }
  }

  /**
   * Whether a failure may be another one's turn, or an absence, and not a mistake of ours. A commit
   * whose answer the driver could not make sense of leaves the doubt of one without an answer.
   */
  private boolean mayPass(Exception failure, SqlBatch attempt) {
    return failure instanceof SQLException e
        ? database.dialect().isUnavailable(e) || database.dialect().isWorthRetrying(e)
        : attempt.isInDoubt();
  }

  /** What is said of a batch with a value that the database never takes; null of any other. */
  private @Nullable AuditException refusal(Exception failure) {
    return failure instanceof SQLException e && sql.isAboutValue(e)
        ? new AuditException(
            AuditException.Code.EVENT_REFUSED,
            // The text of the database would hold the value.
            "the database cannot take a value of it (SQL state %s, code %d)"
                .formatted(e.getSQLState(), e.getErrorCode()),
            e)
        : null;
  }

  private void away(Exception failure) {
    if (problem == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the audit database does not take events, trying again: {0}",
          failure.getMessage());
    }
    problem = String.valueOf(failure.getMessage());
  }

  private void recovered() {
    if (problem != null) {
      problem = null;
      LOG.log(System.Logger.Level.INFO, "the audit database takes events again");
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was wrong when the database was last tried; null when nothing was. */
  @Nullable String problem() {
    return problem;
  }

  /** From now on does not wait for a database that is away. */
  void closing() {
    closingSince = System.nanoTime() | 1;
  }

  private boolean isOver() {
    return closingSince != 0 && System.nanoTime() - closingSince > PATIENCE_AT_CLOSING_NANOS;
  }

  /** How often a transaction had to be tried again. */
  long retries() {
    return retries.sum();
  }

  /** How many transactions were committed. */
  long commits() {
    return commits.sum();
  }
}
