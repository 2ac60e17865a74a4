package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.ChainLines;
import app.intentgate.audit.VerificationReport;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.jdbc.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a chain as it stands in the database, as a stream and in one snapshot: every column of
 * every row, the head, and that the commits name every event once. Thread-safe.
 */
final class SqlVerification {
  private static final int FETCH = 2_000;

  private final Database database;
  private final AuditSql sql;

  SqlVerification(Database database, AuditSql sql) {
    this.database = database;
    this.sql = sql;
  }

  VerificationReport verify(String tenant, @Nullable Instant from, @Nullable Instant to) {
    ChainLines lines = new ChainLines(AuditChain.keyOf(tenant), from, to);
    boolean whole = from == null && to == null;
    return database.scan(
        tenant,
        handle -> {
          Connection connection = handle.getConnection();
          sql.hold(connection);
          return verify(sql, connection, AuditRow.key(tenant), lines, whole, null, n -> {});
        });
  }

  /**
   * Verifies one chain by a connection whose transaction is one snapshot and {@linkplain
   * AuditSql#hold holds} the table.
   *
   * @param whole whether the lines have no window
   * @param trusted the keys that may close rows; null for those that gates published here
   */
  static VerificationReport verify(
      AuditSql sql,
      Connection connection,
      String chain,
      ChainLines lines,
      boolean whole,
      @Nullable CheckpointKeys trusted,
      LongConsumer progress)
      throws SQLException {
    HeadRow head = head(connection, chain);
    Checkpoint closing = null;
    try {
      closing =
          Closings.newest(
              connection, chain, trusted == null ? Closings.published(connection) : trusted);
    } catch (IllegalArgumentException e) {
      lines.broken(Break.NOT_GENESIS, String.valueOf(e.getMessage()));
    }
    if (closing != null) {
      lines.startingAfter(
          new ChainHead(closing.tenant(), closing.sequence(), closing.headHash(), closing.at()),
          "a checkpoint signed by key %s at %s closes the rows up to event %d"
              .formatted(closing.keyId(), closing.at(), closing.sequence()));
    }
    sql.rows(connection, chain, new RowVisitor(lines, progress));
    VerificationReport report = lines.report(head == null ? null : head.head());
    long closed = closing == null ? 0 : closing.sequence();
    String disorder = report.ok() && whole ? commits(connection, chain, head, closed) : null;
    return disorder == null ? report : broken(report, disorder);
  }

  private static VerificationReport broken(VerificationReport report, String disorder) {
    BrokenEvent broken = new BrokenEvent(Break.REORDERED, 0, 0, null, "", "", disorder);
    return new VerificationReport(
        report.chain(),
        report.verified(),
        report.unhashed(),
        broken,
        report.start(),
        report.head());
  }

  private static final String HEAD =
      "SELECT seq, hash, at, position FROM ig_chain_heads WHERE chain = ?";

  private static @Nullable HeadRow head(Connection connection, String chain) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEAD)) {
      statement.setString(1, chain);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? new HeadRow(chain, row.getLong(1), row.getString(2), row.getString(3), row.getLong(4))
            : null;
      }
    }
  }

  /**
   * Says where the commits of a chain do not name its events once and in order; or null. Those of
   * rows that were closed go after the rows.
   */
  private static @Nullable String commits(
      Connection connection, String chain, @Nullable HeadRow head, long closed)
      throws SQLException {
    long reached = closed;
    long before = Long.MIN_VALUE;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT position, first_seq, last_seq FROM ig_audit_commits WHERE chain = ?"
                + " AND last_seq > ? ORDER BY last_seq, first_seq")) {
      statement.setString(1, chain);
      statement.setLong(2, closed > 0 ? closed : Long.MIN_VALUE);
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long position = rows.getLong(1);
          long first = rows.getLong(2);
          boolean follows =
              first == reached + 1 || (reached == closed && first <= closed && closed > 0);
          if (!follows || rows.getLong(3) <= reached || position <= before) {
            return "the commits do not name the events after " + reached + " once and in order";
          }
          reached = rows.getLong(3);
          before = position;
        }
      }
    }
    long end = head == null ? 0 : head.seq();
    if (head != null && before != head.position() && reached == end && end > closed) {
      return "the last commit is at position " + before + " and not at " + head.position();
    }
    return reached == end ? null : "the commits end at event " + reached + " and not at " + end;
  }

  /** The ends of all chains that have an event, by their keys. */
  List<HeadRow> heads() {
    return database.read(
        handle -> {
          List<HeadRow> found = new ArrayList<>();
          try (PreparedStatement select =
                  handle
                      .getConnection()
                      .prepareStatement(
                          "SELECT chain, seq, hash, at, position FROM ig_chain_heads"
                              + " WHERE seq > 0");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              found.add(
                  new HeadRow(
                      row.getString(1),
                      row.getLong(2),
                      row.getString(3),
                      row.getString(4),
                      row.getLong(5)));
            }
          }
          return found;
        });
  }
}
