package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteException;

/** SQLite: the transaction is alone, and a statement costs no way to anywhere. */
final class SqliteAuditSql implements AuditSql {
  /** Too big, constraint, mismatch. */
  private static final Set<Integer> VALUES = Set.of(18, 19, 20);

  private static final String APPEND =
      "INSERT INTO ig_audit_events ("
          + AuditRow.ALL_COLUMNS
          + ") VALUES (?, ?, ?"
          + ", ?".repeat(AuditRow.COLUMNS.size())
          + ", ?)";

  @Override
  public void prepare(Connection connection) {
    // Positions are counted here.
  }

  @Override
  public long lock(Connection connection, Collection<String> chains, Map<String, HeadRow> heads)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT seq, hash, at, position FROM ig_chain_heads WHERE chain = ?")) {
      for (String chain : chains) {
        select.setString(1, chain);
        try (ResultSet row = select.executeQuery()) {
          heads.put(
              chain,
              row.next()
                  ? new HeadRow(
                      chain, row.getLong(1), row.getString(2), row.getString(3), row.getLong(4))
                  : HeadRow.empty(chain));
        }
      }
    }
    try (Statement last = connection.createStatement();
        ResultSet row =
            // The heads tell of commits that were taken away.
            last.executeQuery(
                "SELECT coalesce((SELECT max(position) FROM ig_audit_commits),"
                    + " (SELECT max(position) FROM ig_chain_heads), 0)")) {
      return row.next() ? row.getLong(1) + 1 : 1;
    }
  }

  @Override
  public void commit(Connection connection, SqlBatch batch, Runnable before) throws SQLException {
    append(connection, batch.rows(), batch.heads(), batch.commits());
    before.run();
    connection.commit();
  }

  @Override
  public boolean isRefusal(Exception failure) {
    return false;
  }

  /** Too long, a constraint that is not about keys, or another type. */
  @Override
  public boolean isAboutValue(SQLException failure) {
    if (!(failure instanceof SQLiteException known)) {
      return false;
    }
    return switch (known.getResultCode()) {
      case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_ROWID -> false;
      default -> VALUES.contains(failure.getErrorCode() & 255);
    };
  }

  private static void append(
      Connection connection, List<AuditRow> rows, Collection<HeadRow> heads, List<Commit> commits)
      throws SQLException {
    try (PreparedStatement append = connection.prepareStatement(APPEND)) {
      for (AuditRow row : rows) {
        append.setString(1, row.chain());
        append.setLong(2, row.seq());
        append.setLong(3, row.micros());
        int at = 4;
        for (String member : row.beside()) {
          append.setString(at++, member);
        }
        append.setString(at, row.line());
        append.executeUpdate();
      }
    }
    SqliteTimes.note(connection, rows);
    try (PreparedStatement note =
        connection.prepareStatement("INSERT INTO ig_audit_commits VALUES (?, ?, ?, ?)")) {
      for (Commit commit : commits) {
        note.setLong(1, commit.position());
        note.setString(2, commit.chain());
        note.setLong(3, commit.first());
        note.setLong(4, commit.last());
        note.executeUpdate();
      }
    }
    try (PreparedStatement move =
        connection.prepareStatement(
            "INSERT INTO ig_chain_heads VALUES (?, ?, ?, ?, ?) ON CONFLICT (chain) DO UPDATE SET"
                + " seq = excluded.seq, hash = excluded.hash, at = excluded.at,"
                + " position = excluded.position")) {
      for (HeadRow head : heads) {
        move.setString(1, head.chain());
        move.setLong(2, head.seq());
        move.setString(3, head.hash());
        move.setString(4, head.at());
        move.setLong(5, head.position());
        move.executeUpdate();
      }
    }
  }

  @Override
  public void hold(Connection connection) {
    // Rows go as rows, which a snapshot goes on to see.
  }

  @Override
  public void rows(Connection connection, String chain, RowVisitor visitor) throws SQLException {
    SqliteRows.verify(connection, chain, visitor);
  }

  @Override
  public String timeParameter() {
    return "?";
  }

  @Override
  public Stretch between(Connection connection, AuditQuery query) throws SQLException {
    return SqliteTimes.between(connection, query);
  }

  @Override
  public void forget(Connection connection, String chain, long upTo) throws SQLException {
    SqliteTimes.forget(connection, chain, upTo);
  }

  @Override
  public String finalBelow() {
    return "SELECT " + Long.MAX_VALUE;
  }

  /** A cross join is made in the order it is written in. */
  @Override
  public String eventsOfEach(String conditions) {
    return " CROSS JOIN ig_audit_events e WHERE " + conditions;
  }
}
