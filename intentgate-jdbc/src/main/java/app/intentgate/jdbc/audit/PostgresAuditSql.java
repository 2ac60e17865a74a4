package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditQuery;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * PostgreSQL: one way to the database for each batch, whatever its size, or two when its chains
 * have to be looked at first; arrays instead of many rows.
 */
final class PostgresAuditSql implements AuditSql {
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(k) FROM unnest(?::bigint[]) AS k; ";

  /** First the locks, then in a statement that sees what their last holders committed the heads. */
  private static final String LOCK_AND_LOOK =
      LOCK
          + "SELECT chain, seq, hash, xmin::text::bigint FROM ig_chain_heads"
          + " WHERE chain = ANY (?) ORDER BY chain FOR UPDATE";

  /** Above the locks of chains: nobody else takes such a number for an advisory lock. */
  private static final long LOCKS = 0x4947_0001_0000_0000L;

  /** In a database whose commits come from another server, transactions count on from there. */
  private static final String EPOCH =
      "UPDATE ig_audit_epoch SET base = m.next - m.current FROM (SELECT"
          + " (SELECT coalesce(max(position), 0) + 1 FROM ig_audit_commits) AS next,"
          + " pg_current_xact_id()::text::bigint AS current) AS m"
          + " WHERE m.next - m.current > base";

  private static final Set<String> REFUSALS = Set.of("22", "23", "40", "42", "54", "55");

  private static final String FIRST =
      "INSERT INTO ig_chain_heads (chain, seq, hash, at, position)"
          + " SELECT chain, 0, '', '', 0 FROM unnest(?::text[]) AS chain ORDER BY chain"
          + " ON CONFLICT DO NOTHING";

  /**
   * Moves the heads that stand where the batch supposes, adds what belongs to that, and commits: a
   * way to the database and back for the commit alone would leave the heads locked for other gates
   * meanwhile. A head that did not move ends the transaction before the commit.
   *
   * <p>The version of a head is PostgreSQL's own: the number of the transaction that wrote the row,
   * cut to 32 bits. A head's position is the number that the transaction gets here, with its chains
   * locked: higher than those of all that had a lock before.
   */
  private static final String APPEND_AND_COMMIT =
      "WITH moved AS (UPDATE ig_chain_heads AS h SET seq = n.s, hash = n.h, at = n.a, position ="
          + " greatest(h.position + 1, pg_current_xact_id()::text::bigint"
          + " + (SELECT base FROM ig_audit_epoch)) FROM unnest(?::text[], ?::bigint[], ?::text[],"
          + " ?::bigint[], ?::bigint[], ?::text[], ?::text[]) AS n(c, fs, fh, v, s, h, a)"
          + " WHERE h.chain = n.c AND h.seq = n.fs AND h.hash = n.fh"
          + " AND h.xmin::text::bigint = n.v"
          + " RETURNING h.position, h.chain, n.fs + 1 AS first_seq, n.s AS last_seq),"
          + " noted AS (INSERT INTO ig_audit_commits (position, chain, first_seq, last_seq)"
          + " SELECT * FROM moved),"
          + " added AS (INSERT INTO ig_audit_events ("
          + AuditRow.ALL_COLUMNS
          + ") SELECT e.c, e.s, timestamptz 'epoch' + e.t * interval '1 microsecond'"
          + ", e.m1, e.m2, e.m3, e.m4, e.m5, e.m6, e.m7, e.m8, e.m9, e.l FROM unnest("
          + "?::text[], ?::bigint[], ?::bigint[]"
          + ", ?::text[]".repeat(AuditRow.BESIDE.size())
          + ", ?::text[]) AS e(c, s, t, m1, m2, m3, m4, m5, m6, m7, m8, m9, l))"
          + " SELECT pg_current_xact_id()::xid::text::bigint, 1 / (count(*) = ?)::int FROM moved;"
          + " COMMIT";

  private static final String LOCK_APPEND_AND_COMMIT = LOCK + APPEND_AND_COMMIT;

  @Override
  public Map<String, Tip> lock(Connection connection, Collection<String> chains)
      throws SQLException {
    Map<String, Tip> tips = look(connection, chains);
    if (tips.size() < chains.size()) {
      try (PreparedStatement first = connection.prepareStatement(FIRST)) {
        first.setArray(1, connection.createArrayOf("text", chains.toArray()));
        first.executeUpdate();
      }
      tips = look(connection, chains);
    }
    return tips;
  }

  private static Map<String, Tip> look(Connection connection, Collection<String> chains)
      throws SQLException {
    Map<String, Tip> tips = new HashMap<>();
    try (PreparedStatement lock = connection.prepareStatement(LOCK_AND_LOOK)) {
      lock.setArray(1, connection.createArrayOf("bigint", locks(chains)));
      lock.setArray(2, connection.createArrayOf("text", chains.toArray()));
      lock.execute();
      lock.getMoreResults();
      try (ResultSet rows = lock.getResultSet()) {
        while (rows.next()) {
          tips.put(rows.getString(1), new Tip(rows.getLong(2), rows.getString(3), rows.getLong(4)));
        }
      }
    }
    return tips;
  }

  @Override
  public boolean locksAtCommit() {
    return true;
  }

  /** The numbers of the chains' locks, in one order for all; two chains may share one. */
  private static Object[] locks(Collection<String> chains) {
    return chains.stream()
        .map(chain -> LOCKS | (chain.hashCode() & 0xffff_ffffL))
        .distinct()
        .sorted()
        .toArray();
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(EPOCH);
    }
  }

  @Override
  public void fence(Connection connection, Collection<String> chains) throws SQLException {
    try (PreparedStatement write =
        connection.prepareStatement("UPDATE ig_chain_heads SET seq = seq WHERE chain = ANY (?)")) {
      write.setArray(1, connection.createArrayOf("text", chains.toArray()));
      write.executeUpdate();
    }
    connection.commit();
  }

  @Override
  public long commit(Connection connection, SqlBatch batch, boolean isLocked, Runnable before)
      throws SQLException {
    List<Array> arrays = arrays(connection, batch);
    if (!isLocked) {
      arrays.add(0, connection.createArrayOf("bigint", locks(batch.chains())));
    }
    try (PreparedStatement write =
        connection.prepareStatement(isLocked ? APPEND_AND_COMMIT : LOCK_APPEND_AND_COMMIT)) {
      int at = 1;
      for (Array array : arrays) {
        write.setArray(at++, array);
      }
      write.setInt(at, batch.moves().size());
      before.run();
      write.execute();
      if (!isLocked) {
        write.getMoreResults();
      }
      try (ResultSet row = write.getResultSet()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static List<Array> arrays(Connection connection, SqlBatch batch) throws SQLException {
    Collection<ChainMove> moves = batch.moves();
    List<AuditRow> rows = batch.rows();
    List<Array> arrays = new ArrayList<>();
    arrays.add(array(connection, "text", moves, ChainMove::chain));
    arrays.add(array(connection, "bigint", moves, move -> move.from().seq()));
    arrays.add(array(connection, "text", moves, move -> move.from().hash()));
    arrays.add(array(connection, "bigint", moves, move -> move.from().version()));
    arrays.add(array(connection, "bigint", moves, ChainMove::last));
    arrays.add(array(connection, "text", moves, ChainMove::hash));
    arrays.add(array(connection, "text", moves, ChainMove::at));
    arrays.add(array(connection, "text", rows, AuditRow::chain));
    arrays.add(array(connection, "bigint", rows, AuditRow::seq));
    arrays.add(array(connection, "bigint", rows, AuditRow::micros));
    for (int i = 0; i < AuditRow.BESIDE.size(); i++) {
      int column = i;
      arrays.add(array(connection, "text", rows, row -> row.beside().get(column)));
    }
    arrays.add(array(connection, "text", rows, AuditRow::line));
    return arrays;
  }

  private static <T> Array array(
      Connection connection, String type, Collection<T> items, Function<T, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, items.stream().map(value).toArray());
  }

  /**
   * The classes of errors by which a statement fails and its transaction with it: data, integrity,
   * rollback, syntax or rights, a limit of the database, a full disk, a state that does not allow
   * it. An administrator's word, and one that the connection was lost, may come after the commit.
   */
  @Override
  public boolean isRefusal(Exception failure) {
    String state = failure instanceof SQLException e ? e.getSQLState() : null;
    return state != null
        && (state.equals("53100")
            || REFUSALS.contains(state.substring(0, Math.min(2, state.length())))
                && !state.equals("40003"));
  }

  @Override
  public void rows(Connection connection, String chain, RowVisitor visitor) throws SQLException {
    PostgresRows.verify(connection, chain, visitor);
  }

  @Override
  public String timeParameter() {
    return "timestamptz 'epoch' + ? * interval '1 microsecond'";
  }

  /** An index by time, and partitions, say that here. */
  @Override
  public Stretch between(Connection connection, AuditQuery query) {
    return Stretch.ALL;
  }

  @Override
  public void forget(Connection connection, String chain, long upTo) {
    // Nothing is kept beside them.
  }

  @Override
  public String finalBelow() {
    return "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + base"
        + " FROM ig_audit_epoch";
  }
}
