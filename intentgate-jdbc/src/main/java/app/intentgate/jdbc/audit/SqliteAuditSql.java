package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** SQLite: the transaction is alone, and a statement costs no way to anywhere. */
final class SqliteAuditSql implements AuditSql {
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
  public Map<String, Tip> lock(Connection connection, Collection<String> chains)
      throws SQLException {
    Map<String, Tip> tips = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT seq, hash FROM ig_chain_heads WHERE chain = ?")) {
      for (String chain : chains) {
        select.setString(1, chain);
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            tips.put(chain, new Tip(row.getLong(1), row.getString(2), 0));
          }
        }
      }
    }
    return tips;
  }

  @Override
  public boolean locksAtCommit() {
    return false;
  }

  /** Nothing is on its way here while a transaction is open. */
  @Override
  public void fence(Connection connection, Collection<String> chains) throws SQLException {
    connection.rollback();
  }

  @Override
  public long commit(Connection connection, SqlBatch batch, boolean isLocked, Runnable before)
      throws SQLException {
    append(connection, batch.rows());
    SqliteTimes.note(connection, batch.rows());
    move(connection, batch.moves(), position(connection));
    before.run();
    connection.commit();
    return 0;
  }

  @Override
  public boolean isRefusal(Exception failure) {
    return false;
  }

  private static void append(Connection connection, List<AuditRow> rows) throws SQLException {
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
  }

  /** The place of this transaction's events among all, also after those that were taken away. */
  private static long position(Connection connection) throws SQLException {
    try (Statement last = connection.createStatement();
        ResultSet row =
            last.executeQuery(
                "SELECT coalesce((SELECT max(position) FROM ig_audit_commits),"
                    + " (SELECT max(position) FROM ig_chain_heads), 0)")) {
      return row.next() ? row.getLong(1) + 1 : 1;
    }
  }

  private static void move(Connection connection, Collection<ChainMove> moves, long position)
      throws SQLException {
    try (PreparedStatement note =
            connection.prepareStatement("INSERT INTO ig_audit_commits VALUES (?, ?, ?, ?)");
        PreparedStatement head =
            connection.prepareStatement(
                "INSERT INTO ig_chain_heads VALUES (?, ?, ?, ?, ?) ON CONFLICT (chain) DO UPDATE"
                    + " SET seq = excluded.seq, hash = excluded.hash, at = excluded.at,"
                    + " position = excluded.position")) {
      for (ChainMove move : moves) {
        note.setLong(1, position);
        note.setString(2, move.chain());
        note.setLong(3, move.first());
        note.setLong(4, move.last());
        note.executeUpdate();
        head.setString(1, move.chain());
        head.setLong(2, move.last());
        head.setString(3, move.hash());
        head.setString(4, move.at());
        head.setLong(5, position);
        head.executeUpdate();
      }
    }
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
}
