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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** PostgreSQL: two statements for each batch, whatever its size; arrays instead of many rows. */
final class PostgresAuditSql implements AuditSql {
  /**
   * First the locks, then in a statement that sees what their last holders committed the heads and
   * the transaction's number: whoever has a chain's lock gets a higher number than all before it.
   */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(k) FROM unnest(?::bigint[]) AS k; SELECT chain, seq, hash, at,"
          + " position, pg_current_xact_id()::text::bigint + (SELECT base FROM ig_audit_epoch) FROM"
          + " ig_chain_heads WHERE chain = ANY (?) ORDER BY chain FOR UPDATE";

  /** Above the locks of chains: nobody else takes such a number for an advisory lock. */
  private static final long LOCKS = 0x4947_0001_0000_0000L;

  /** In a database whose commits come from another server, transactions count on from there. */
  private static final String EPOCH =
      "UPDATE ig_audit_epoch SET base = m.next - m.current FROM (SELECT"
          + " (SELECT coalesce(max(position), 0) + 1 FROM ig_audit_commits) AS next,"
          + " pg_current_xact_id()::text::bigint AS current) AS m"
          + " WHERE m.next - m.current > base";

  private static final Set<String> REFUSALS = Set.of("22", "23", "40", "42", "54", "55");

  /** A key that is there already, and the division by which a head that did not move is told. */
  private static final Set<String> ABOUT_CHAINS = Set.of("23505", "22012");

  /** A row of an index that has no room for a value. */
  private static final String TOO_LONG = "54000";

  private static final String FIRST =
      "INSERT INTO ig_chain_heads (chain, seq, hash, at, position)"
          + " SELECT chain, 0, '', '', 0 FROM unnest(?::text[]) AS chain ORDER BY chain"
          + " ON CONFLICT DO NOTHING";

  /**
   * One more way to the database and back would be spent on the commit alone, with the heads locked
   * for other gates meanwhile. A head that did not move ends the transaction before it.
   */
  private static final String APPEND_AND_COMMIT =
      "WITH added AS (INSERT INTO ig_audit_events ("
          + AuditRow.ALL_COLUMNS
          + ") SELECT e.c, e.s, timestamptz 'epoch' + e.t * interval '1 microsecond'"
          + ", e.m1, e.m2, e.m3, e.m4, e.m5, e.m6, e.m7, e.m8, e.m9, e.l FROM unnest("
          + "?::text[], ?::bigint[], ?::bigint[]"
          + ", ?::text[]".repeat(AuditRow.BESIDE.size())
          + ", ?::text[]) AS e(c, s, t, m1, m2, m3, m4, m5, m6, m7, m8, m9, l)),"
          + " noted AS (INSERT INTO ig_audit_commits (position, chain, first_seq, last_seq)"
          + " SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[])),"
          + " moved AS (UPDATE ig_chain_heads AS h SET seq = n.s, hash = n.h, at = n.a,"
          + " position = n.p FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[],"
          + " ?::bigint[]) AS n(c, s, h, a, p)"
          + " WHERE h.chain = n.c RETURNING 1)"
          + " SELECT 1 / (count(*) = ?)::int FROM moved; COMMIT";

  @Override
  public long lock(Connection connection, Collection<String> chains, Map<String, HeadRow> heads)
      throws SQLException {
    long position = select(connection, chains, heads);
    if (heads.size() < chains.size()) {
      try (PreparedStatement first = connection.prepareStatement(FIRST)) {
        first.setArray(1, connection.createArrayOf("text", chains.toArray()));
        first.executeUpdate();
      }
      heads.clear();
      position = select(connection, chains, heads);
    }
    return position;
  }

  private static long select(
      Connection connection, Collection<String> chains, Map<String, HeadRow> heads)
      throws SQLException {
    long position = 0;
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setArray(1, connection.createArrayOf("bigint", locks(chains)));
      lock.setArray(2, connection.createArrayOf("text", chains.toArray()));
      lock.execute();
      lock.getMoreResults();
      try (ResultSet rows = lock.getResultSet()) {
        while (rows.next()) {
          HeadRow head =
              new HeadRow(
                  rows.getString(1),
                  rows.getLong(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getLong(5));
          heads.put(head.chain(), head);
          position = rows.getLong(6);
        }
      }
    }
    return position;
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
  public void commit(Connection connection, SqlBatch batch, Runnable before) throws SQLException {
    List<Array> arrays = arrays(connection, batch);
    try (PreparedStatement write = connection.prepareStatement(APPEND_AND_COMMIT)) {
      int at = 1;
      for (Array array : arrays) {
        write.setArray(at++, array);
      }
      write.setInt(at, batch.heads().size());
      before.run();
      write.execute();
    }
  }

  private static List<Array> arrays(Connection connection, SqlBatch batch) throws SQLException {
    List<AuditRow> rows = batch.rows();
    List<Commit> commits = batch.commits();
    Collection<HeadRow> heads = batch.heads();
    List<Array> arrays = new ArrayList<>();
    arrays.add(array(connection, "text", rows, AuditRow::chain));
    arrays.add(array(connection, "bigint", rows, AuditRow::seq));
    arrays.add(array(connection, "bigint", rows, AuditRow::micros));
    for (int i = 0; i < AuditRow.BESIDE.size(); i++) {
      int column = i;
      arrays.add(array(connection, "text", rows, row -> row.beside().get(column)));
    }
    arrays.add(array(connection, "text", rows, AuditRow::line));
    arrays.add(array(connection, "bigint", commits, Commit::position));
    arrays.add(array(connection, "text", commits, Commit::chain));
    arrays.add(array(connection, "bigint", commits, Commit::first));
    arrays.add(array(connection, "bigint", commits, Commit::last));
    arrays.add(array(connection, "text", heads, HeadRow::chain));
    arrays.add(array(connection, "bigint", heads, HeadRow::seq));
    arrays.add(array(connection, "text", heads, HeadRow::hash));
    arrays.add(array(connection, "text", heads, HeadRow::at));
    arrays.add(array(connection, "bigint", heads, HeadRow::position));
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
  public void hold(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE ig_audit_events IN ACCESS SHARE MODE");
    }
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
  public boolean isAboutValue(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.equals(TOO_LONG))
        && !ABOUT_CHAINS.contains(state);
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

  /**
   * The offset of nothing keeps the planner from joining in another way: from what it believes of
   * ranges it reads the whole log for a page of one decision.
   */
  @Override
  public String eventsOfEach(String conditions) {
    return " CROSS JOIN LATERAL (SELECT e.seq, e.line FROM ig_audit_events e WHERE "
        + conditions
        + " OFFSET 0) e";
  }
}
