package app.intentgate.jdbc.audit;

import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.ChainLines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads a chain's rows as a result set, which SQLite steps through. */
final class SqliteRows {
  private static final String SELECT =
      "SELECT seq, ts, line, "
          + String.join(", ", AuditRow.COLUMNS)
          + " FROM ig_audit_events WHERE chain = ? ORDER BY seq";

  private SqliteRows() {}

  static void verify(Connection connection, String chain, RowVisitor visitor) throws SQLException {
    ChainLines lines = visitor.lines();
    SqliteTimes times = SqliteTimes.of(connection, chain);
    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      statement.setString(1, chain);
      try (ResultSet rows = statement.executeQuery()) {
        for (long count = 1; rows.next(); count++) {
          lines.line(rows.getLong(1), bytes(rows, 3));
          lines.besideTime(rows.getLong(2));
          if (times != null && !times.covers(rows.getLong(1), rows.getLong(2))) {
            lines.broken(Break.CHANGED, "ig_audit_times does not lead to its time");
          }
          for (int i = 0; i < AuditRow.BESIDE.size(); i++) {
            lines.beside(AuditRow.BESIDE.get(i), bytes(rows, i + 4));
          }
          visitor.read(count);
        }
      }
    }
  }

  private static byte[] bytes(ResultSet rows, int column) throws SQLException {
    byte[] bytes = rows.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }
}
