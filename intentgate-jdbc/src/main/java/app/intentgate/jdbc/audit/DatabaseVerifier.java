package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditFileVerifier.Progress;
import app.intentgate.audit.AuditFileVerifier.Result;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.ChainLines;
import app.intentgate.audit.VerificationReport;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.Dialect;
import app.intentgate.jdbc.PostgresDialect;
import app.intentgate.jdbc.SqliteDialect;
import app.intentgate.jdbc.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Verifies every chain of a database, as a stream and in one snapshot, and writes nothing: for an
 * auditor who may only read. Stateless.
 */
public final class DatabaseVerifier {
  /** From one chain to the next by the index, whatever the number of rows. */
  static final String CHAINS =
      """
      WITH RECURSIVE c(chain) AS (
        SELECT min(chain) FROM ig_audit_events
        UNION ALL
        SELECT (SELECT min(e.chain) FROM ig_audit_events e WHERE e.chain > c.chain)
        FROM c WHERE c.chain IS NOT NULL
      )
      SELECT chain FROM c WHERE chain IS NOT NULL
      UNION SELECT chain FROM ig_chain_heads WHERE seq > 0
      UNION SELECT chain FROM ig_audit_closings
      UNION SELECT chain FROM ig_audit_commits
      """;

  private static final Duration SILENCE = Duration.ofMinutes(5);

  private DatabaseVerifier() {}

  /**
   * Verifies a database that has the schema of this program.
   *
   * @param remembered heads saved elsewhere, which the chains must reach with the same hashes
   * @param trusted the keys whose checkpoints count, in the database too: every one stored there
   *     that they signed must hold; null when nobody said which
   * @param progress told of how many events were read; of no bytes
   * @throws DatabaseException when the database cannot be read, or has another schema
   */
  public static Result verify(
      DatabaseTarget target,
      Collection<ChainHead> remembered,
      @Nullable CheckpointKeys trusted,
      Progress progress) {
    boolean postgres = target instanceof DatabaseTarget.Postgres;
    Dialect dialect = postgres ? new PostgresDialect() : new SqliteDialect();
    try (Connection connection = Database.connectReadOnly(target, SILENCE)) {
      checkSchema(connection, dialect, target);
      AuditSql sql = postgres ? new PostgresAuditSql() : new SqliteAuditSql();
      connection.commit();
      sql.hold(connection);
      return verify(connection, sql, remembered, trusted, progress);
    } catch (SQLException e) {
      throw new DatabaseException(
          DatabaseException.Code.FAILED, target.describe() + ": " + e.getMessage(), e);
    }
  }

  private static void checkSchema(Connection connection, Dialect dialect, DatabaseTarget target)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(dialect.tableExists())) {
      select.setString(1, "ig_audit_closings");
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || !row.getBoolean(1)) {
          throw new DatabaseException(
              DatabaseException.Code.MIGRATION_FAILED,
              target.describe()
                  + " does not have the schema of this program: run intentgate migrate, or verify"
                  + " an export");
        }
      }
    }
  }

  private static Result verify(
      Connection connection,
      AuditSql sql,
      Collection<ChainHead> remembered,
      @Nullable CheckpointKeys trusted,
      Progress progress)
      throws SQLException {
    List<VerificationReport> reports = new ArrayList<>();
    BrokenEvent broken = null;
    long events = 0;
    for (String key : chains(connection, remembered)) {
      String chain = HeadRow.name(key);
      List<ChainHead> wanted = stored(connection, chain, trusted);
      remembered.stream().filter(h -> h.chain().equals(chain)).forEach(wanted::add);
      ChainLines lines = new ChainLines(chain, null, null).remembering(wanted);
      long before = events;
      VerificationReport report =
          SqlVerification.verify(
              sql, connection, key, lines, true, trusted, n -> progress.at(0, before + n));
      events += report.verified();
      broken = broken == null ? report.broken() : broken;
      reports.add(report);
    }
    progress.at(0, events);
    return new Result(events, 0, reports, broken, List.of());
  }

  private static TreeSet<String> chains(Connection connection, Collection<ChainHead> remembered)
      throws SQLException {
    TreeSet<String> chains = new TreeSet<>();
    try (PreparedStatement select = connection.prepareStatement(CHAINS);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        chains.add(rows.getString(1));
      }
    }
    remembered.forEach(head -> chains.add(AuditRow.key(head.chain())));
    return chains;
  }

  /** What the checkpoints in the database vouch for, of those that a trusted key signed. */
  private static List<ChainHead> stored(
      Connection connection, String chain, @Nullable CheckpointKeys trusted) throws SQLException {
    List<ChainHead> heads = new ArrayList<>();
    if (trusted == null) {
      return heads;
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT note FROM ig_checkpoints WHERE tenant = ?")) {
      select.setString(1, StoredText.readable(chain));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          try {
            heads.add(trusted.verify(Checkpoint.parse(rows.getString(1))));
          } catch (IllegalArgumentException e) {
            // Signed by somebody else's key, or damaged: it vouches for nothing.
          }
        }
      }
    }
    return heads;
  }
}
