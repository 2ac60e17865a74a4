package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.ChainLines;
import app.intentgate.audit.VerificationReport;
import app.intentgate.jdbc.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
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
    String chain = AuditRow.key(tenant);
    return database.read(
        handle -> {
          Connection connection = handle.getConnection();
          ChainLines lines = new ChainLines(AuditChain.keyOf(tenant), from, to);
          HeadRow head = head(connection, chain);
          rows(connection, chain, lines);
          VerificationReport report = lines.report(head == null ? null : head.head());
          String disorder =
              report.ok() && from == null && to == null ? commits(connection, chain, head) : null;
          return disorder == null ? report : broken(report, disorder);
        });
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

  private void rows(Connection connection, String chain, ChainLines lines) throws SQLException {
    String select =
        "SELECT seq, "
            + sql.micros()
            + ", line, "
            + String.join(", ", AuditRow.COLUMNS)
            + " FROM ig_audit_events WHERE chain = ? ORDER BY seq";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, chain);
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          lines.line(rows.getLong(1), bytes(rows, 3));
          lines.besideTime(rows.getLong(2));
          for (int i = 0; i < AuditRow.BESIDE.size(); i++) {
            lines.beside(AuditRow.BESIDE.get(i), bytes(rows, i + 4));
          }
        }
      }
    }
  }

  private static byte[] bytes(ResultSet rows, int column) throws SQLException {
    byte[] bytes = rows.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  /** Says where the commits of a chain do not name its events once and in order; or null. */
  private static @Nullable String commits(
      Connection connection, String chain, @Nullable HeadRow head) throws SQLException {
    long reached = 0;
    long before = Long.MIN_VALUE;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT position, first_seq, last_seq FROM ig_audit_commits WHERE chain = ?"
                + " ORDER BY last_seq, first_seq")) {
      statement.setString(1, chain);
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long position = rows.getLong(1);
          if (rows.getLong(2) != reached + 1 || rows.getLong(3) <= reached || position <= before) {
            return "the commits do not name the events after " + reached + " once and in order";
          }
          reached = rows.getLong(3);
          before = position;
        }
      }
    }
    long end = head == null ? 0 : head.seq();
    if (head != null && before != head.position() && reached == end) {
      return "the last commit is at position " + before + " and not at " + head.position();
    }
    return reached == end ? null : "the commits end at event " + reached + " and not at " + end;
  }

  /** The ends of all chains that have an event, by their keys. */
  List<HeadRow> heads() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT chain, seq, hash, at, position FROM ig_chain_heads WHERE seq > 0")
                .map(
                    (row, context) ->
                        new HeadRow(
                            row.getString(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getString(4),
                            row.getLong(5)))
                .list());
  }
}
