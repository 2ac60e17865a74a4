package app.intentgate.jdbc.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A run of commits, one after the other in a reader's direction, so that the events of all chains
 * are found in order without an index that holds them all. For one read.
 */
final class CommitWindow {
  private final boolean newest;
  private final @Nullable Place from;
  private final Stretch positions;
  private final AuditSql sql;
  private @Nullable Place first;
  private @Nullable Place last;

  /**
   * Before the first window.
   *
   * @param newest whether the reader goes on to older events
   * @param from where it stands; null for the start
   * @param positions which commits to look at
   */
  CommitWindow(boolean newest, @Nullable Place from, Stretch positions, AuditSql sql) {
    this.newest = newest;
    this.from = from;
    this.positions = positions;
    this.sql = sql;
  }

  /** Goes to the next so many commits; false when there are none. */
  boolean next(Connection connection, int size) throws SQLException {
    Place before = last;
    String order = newest ? " DESC" : "";
    String beyond =
        before != null
            ? " AND (position, chain) " + (newest ? "<" : ">") + " (?, ?)"
            : from != null ? " AND (position, chain) " + (newest ? "<=" : ">=") + " (?, ?)" : "";
    Place edge = before != null ? before : from;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position, chain FROM ig_audit_commits WHERE position < ("
                + sql.finalBelow()
                + ")"
                + (positions.isAll() ? "" : " AND position >= ? AND position <= ?")
                + beyond
                + " ORDER BY position"
                + order
                + ", chain"
                + order
                + " LIMIT ?")) {
      int at = 1;
      if (!positions.isAll()) {
        select.setLong(at++, positions.first());
        select.setLong(at++, positions.last());
      }
      if (edge != null) {
        select.setLong(at++, edge.position());
        select.setString(at++, edge.chain());
      }
      select.setInt(at, size);
      first = null;
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          last = new Place(false, rows.getLong(1), rows.getString(2), 0);
          first = first == null ? last : first;
        }
      }
    }
    return first != null;
  }

  /** After the last event of this window, for a reader that goes on to newer ones. */
  Place end() {
    Place end = last;
    if (end == null) {
      throw new IllegalStateException("no window");
    }
    return new Place(false, end.position(), end.chain(), Long.MAX_VALUE);
  }

  /** A statement for the events of this window, with a reader's filter. */
  String select(EventFilter filter, long limit) {
    String order = newest ? " DESC" : "";
    return "SELECT c.position, c.chain, e.seq, e.line FROM (SELECT * FROM ig_audit_commits"
        + " WHERE (position, chain) >= (?, ?) AND (position, chain) <= (?, ?)) c"
        + sql.eventsOfEach(
            "e.chain = c.chain AND e.seq >= c.first_seq AND e.seq <= c.last_seq"
                + (from == null
                    ? ""
                    : " AND (c.position, c.chain, e.seq) " + (newest ? "<" : ">") + " (?, ?, ?)")
                + filter.conditions())
        + " ORDER BY c.position"
        + order
        + ", c.chain"
        + order
        + ", e.seq"
        + order
        + " LIMIT "
        + limit;
  }

  /** Sets the parameters of that statement. */
  void bind(PreparedStatement select, EventFilter filter) throws SQLException {
    Place one = first;
    Place other = last;
    if (one == null || other == null) {
      throw new IllegalStateException("no window");
    }
    Place lowest = newest ? other : one;
    Place highest = newest ? one : other;
    select.setLong(1, lowest.position());
    select.setString(2, lowest.chain());
    select.setLong(3, highest.position());
    select.setString(4, highest.chain());
    int next = 5;
    if (from != null) {
      select.setLong(next++, from.position());
      select.setString(next++, from.chain());
      select.setLong(next++, from.seq());
    }
    filter.bind(select, next);
  }
}
