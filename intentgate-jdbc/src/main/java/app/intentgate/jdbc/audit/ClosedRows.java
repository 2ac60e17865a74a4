package app.intentgate.jdbc.audit;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.audit.checkpoint.ClosingCheckpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the rows of closed chains away, some thousand in a transaction, so that nobody waits for
 * them: a long one would hold back whoever follows the log. Each transaction closes the chain where
 * it ends, so that the chain verifies at every moment and whoever is interrupted need not go on
 * where it was. Not thread-safe.
 */
final class ClosedRows {
  private final Connection connection;
  private final AuditSql sql;
  private final CheckpointKey key;
  private final Clock clock;
  private final int batch;
  private final Map<String, Retention.Closed> closed = new HashMap<>();

  /**
   * None taken away yet.
   *
   * @param connection one that commits when it is told to
   * @param batch how many rows go in one transaction, about
   */
  ClosedRows(
      Connection connection,
      AuditSql sql,
      CheckpointKey key,
      Clock clock,
      List<Retention.Closed> closed,
      int batch) {
    this.connection = connection;
    this.sql = sql;
    this.key = key;
    this.clock = clock;
    this.batch = batch;
    closed.forEach(one -> this.closed.put(AuditRow.key(one.chain()), one));
  }

  /** Whether a row of a chain is one that goes. */
  boolean goes(String chain, long seq) {
    Retention.Closed one = closed.get(chain);
    return one != null && seq <= one.closing().checkpoint().sequence();
  }

  /** Takes all of them away. */
  void remove() throws SQLException {
    for (Map.Entry<String, Retention.Closed> one : closed.entrySet()) {
      remove(one.getKey(), one.getValue().closing().checkpoint().sequence());
    }
  }

  /** Takes those of a chain away up to one of them. */
  void remove(String chain, long upTo) throws SQLException {
    while (true) {
      long first = first(chain);
      if (first > upTo) {
        connection.rollback();
        return;
      }
      long last = Math.min(upTo, Math.addExact(first, batch - 1));
      close(chain, last);
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM ig_audit_events WHERE chain = ? AND seq <= ?")) {
        delete.setString(1, chain);
        delete.setLong(2, last);
        delete.executeUpdate();
      }
      sql.forget(connection, chain, last);
      connection.commit();
    }
  }

  private long first(String chain) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT min(seq) FROM ig_audit_events WHERE chain = ?")) {
      select.setString(1, chain);
      try (ResultSet row = select.executeQuery()) {
        long first = row.next() ? row.getLong(1) : 0;
        return row.wasNull() ? Long.MAX_VALUE : first;
      }
    }
  }

  /** Closes a chain at a row that goes; what closed it on the way there is worth nothing more. */
  void close(String chain, long seq) throws SQLException {
    Retention.Closed one = closed.get(chain);
    if (one == null) {
      throw new IllegalStateException("a chain that is not closed");
    }
    Checkpoint end = one.closing().checkpoint();
    ClosingCheckpoint closing = one.closing();
    if (seq < end.sequence()) {
      closing =
          ClosingCheckpoint.sign(
              key,
              one.chain(),
              seq,
              Retention.event(connection, chain, seq).hash(),
              clock.instant());
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM ig_audit_closings WHERE chain = ? AND seq > ? AND seq < ?")) {
      delete.setString(1, chain);
      delete.setLong(2, end.sequence() - one.events());
      delete.setLong(3, seq);
      delete.executeUpdate();
    }
    Closings.add(connection, chain, closing);
  }

  /**
   * Takes away what says in which commits rows came that are gone, this run's and earlier ones'.
   */
  void removeCommits() throws SQLException {
    for (Map.Entry<String, Long> one : Closings.ends(connection).entrySet()) {
      while (removeCommits(one.getKey(), one.getValue()) > 0) {
        connection.commit();
      }
      try (PreparedStatement shorten =
          connection.prepareStatement(
              "UPDATE ig_audit_commits SET first_seq = ? WHERE chain = ? AND first_seq <= ? AND"
                  + " last_seq = (SELECT min(last_seq) FROM ig_audit_commits WHERE chain = ? AND"
                  + " last_seq > ?)")) {
        long closed = one.getValue();
        shorten.setLong(1, closed + 1);
        shorten.setString(2, one.getKey());
        shorten.setLong(3, closed);
        shorten.setString(4, one.getKey());
        shorten.setLong(5, closed);
        shorten.executeUpdate();
      }
      connection.commit();
    }
  }

  private int removeCommits(String chain, long upTo) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM ig_audit_commits WHERE chain = ? AND last_seq <= ? AND last_seq <"
                + " (SELECT min(last_seq) FROM ig_audit_commits WHERE chain = ?) + ?")) {
      delete.setString(1, chain);
      delete.setLong(2, upTo);
      delete.setString(3, chain);
      delete.setLong(4, batch);
      return delete.executeUpdate();
    }
  }
}
