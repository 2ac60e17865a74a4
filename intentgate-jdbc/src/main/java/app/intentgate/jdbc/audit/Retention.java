package app.intentgate.jdbc.audit;

import app.intentgate.audit.ChainHead;
import app.intentgate.audit.ChainLines;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.VerificationReport;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.audit.checkpoint.ClosingCheckpoint;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.PostgresDialect;
import app.intentgate.jdbc.checkpoint.SqlCheckpointStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of whole months away and leaves chains that verify: each is closed by a signed
 * checkpoint at its last event that goes (B30). All in one transaction, and only what was verified
 * before. Needs the owner of the tables on PostgreSQL. Thread-safe.
 *
 * <p>A chain is cut by number. An event of an earlier month that stands after one of a later month,
 * since clocks differ, stays.
 */
public final class Retention {
  private static final int FETCH = 1_000;

  private final Database database;
  private final CheckpointKey key;
  private final Clock clock;
  private final AuditSql sql;

  /** Retention in a database that has its schema already; closings are signed with a key. */
  public Retention(Database database, CheckpointKey key, Clock clock) {
    this.database = database;
    this.key = key;
    this.clock = clock;
    this.sql =
        database.dialect() instanceof PostgresDialect
            ? new PostgresAuditSql()
            : new SqliteAuditSql();
  }

  /**
   * What became of one chain.
   *
   * @param chain its name
   * @param events how many went
   * @param closing the checkpoint that closes them
   */
  public record Closed(String chain, long events, ClosingCheckpoint closing) {}

  /** Keeps what goes, before it goes; what it throws keeps everything. */
  public interface Archive {
    /** One event, chain after chain in the order of their numbers: its JSON as it was hashed. */
    void event(String line);

    /** That was all; when this returns it must be safe. */
    void end();
  }

  private static final Archive NOWHERE =
      new Archive() {
        @Override
        public void event(String line) {}

        @Override
        public void end() {}
      };

  /** Closes all months before one and keeps nothing; see the other one. */
  public List<Closed> closeBefore(YearMonth month, boolean commits) {
    return closeBefore(month, commits, NOWHERE);
  }

  /**
   * Closes all months before one.
   *
   * @param commits whether to do it, and not only to say what would be done
   * @param archive is given the events that go, or would
   * @return the chains of which events went, or would
   * @throws RetentionException when a chain is broken: nothing is taken away then
   */
  public List<Closed> closeBefore(YearMonth month, boolean commits, Archive archive) {
    long before = AuditRow.micros(month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    // One snapshot to verify and sign; later events have higher numbers and change nothing of it.
    List<Closed> closed =
        database.scan(
            handle -> {
              Connection connection = handle.getConnection();
              List<Closed> found = new ArrayList<>();
              for (String chain : chains(connection, before)) {
                Closed one = close(connection, chain, before);
                if (one != null) {
                  found.add(one);
                }
              }
              if (archive != NOWHERE) {
                for (Closed one : found) {
                  keep(connection, one, archive);
                }
              }
              return found;
            });
    archive.end();
    if (commits && !closed.isEmpty()) {
      SqlCheckpointStore checkpoints = new SqlCheckpointStore(database);
      checkpoints.publish(key.publicHalf());
      closed.forEach(one -> checkpoints.append(one.closing().checkpoint()));
      database.write(handle -> remove(handle.getConnection(), closed, month));
    }
    return closed;
  }

  private boolean remove(Connection connection, List<Closed> closed, YearMonth month)
      throws SQLException {
    database.dialect().lockForMigration(connection);
    for (Closed one : closed) {
      Closings.add(connection, AuditRow.key(one.chain()), one.closing());
    }
    if (database.dialect().isShared()) {
      ClosedPartitions.drop(connection, month);
    }
    for (Closed one : closed) {
      remove(connection, AuditRow.key(one.chain()), one.closing().checkpoint().sequence());
    }
    return true;
  }

  private TreeSet<String> chains(Connection connection, long before) throws SQLException {
    TreeSet<String> chains = new TreeSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT DISTINCT chain FROM ig_audit_events WHERE ts < " + sql.timeParameter())) {
      select.setLong(1, before);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          chains.add(rows.getString(1));
        }
      }
    }
    return chains;
  }

  /** Verifies a chain whole and signs where it is closed; null when nothing of it can go. */
  private @Nullable Closed close(Connection connection, String chain, long before)
      throws SQLException {
    CheckpointKeys published = Closings.published(connection);
    Checkpoint earlier;
    try {
      earlier = Closings.newest(connection, chain, published);
    } catch (IllegalArgumentException e) {
      throw new RetentionException(String.valueOf(e.getMessage()));
    }
    String name = HeadRow.name(chain);
    VerificationReport report =
        SqlVerification.verify(
            sql, connection, chain, new ChainLines(name, null, null), true, published, n -> {});
    if (!report.ok()) {
      throw new RetentionException(
          "chain " + name + " is broken, so nothing of it is closed: " + report.broken());
    }
    long from = earlier == null ? 0 : earlier.sequence();
    ChainHead end = last(connection, chain, name, before);
    return end == null || end.seq() <= from
        ? null
        : new Closed(
            name,
            end.seq() - from,
            ClosingCheckpoint.sign(key, name, end.seq(), end.hash(), clock.instant()));
  }

  /** The last event before the first of the months that stay. */
  private @Nullable ChainHead last(Connection connection, String chain, String name, long before)
      throws SQLException {
    String select =
        "SELECT line FROM ig_audit_events WHERE chain = ? AND seq < coalesce((SELECT min(seq) FROM"
            + " ig_audit_events WHERE chain = ? AND ts >= "
            + sql.timeParameter()
            + "), 9223372036854775807) ORDER BY seq DESC LIMIT 1";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, chain);
      statement.setString(2, chain);
      statement.setLong(3, before);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        StoredEvent stored = EventJson.read(row.getBytes(1));
        return new ChainHead(name, stored.seq(), stored.hash(), stored.event().at());
      }
    }
  }

  private static void keep(Connection connection, Closed closed, Archive archive)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT line FROM ig_audit_events WHERE chain = ? AND seq <= ? ORDER BY seq")) {
      select.setFetchSize(FETCH);
      select.setString(1, AuditRow.key(closed.chain()));
      select.setLong(2, closed.closing().checkpoint().sequence());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          archive.event(rows.getString(1));
        }
      }
    }
  }

  private void remove(Connection connection, String chain, long closed) throws SQLException {
    for (String statement :
        List.of(
            "DELETE FROM ig_audit_events WHERE chain = ? AND seq <= ?",
            "DELETE FROM ig_audit_commits WHERE chain = ? AND last_seq <= ?")) {
      try (PreparedStatement delete = connection.prepareStatement(statement)) {
        delete.setString(1, chain);
        delete.setLong(2, closed);
        delete.executeUpdate();
      }
    }
    try (PreparedStatement shorten =
        connection.prepareStatement(
            "UPDATE ig_audit_commits SET first_seq = ? WHERE chain = ? AND first_seq <= ?")) {
      shorten.setLong(1, closed + 1);
      shorten.setString(2, chain);
      shorten.setLong(3, closed);
      shorten.executeUpdate();
    }
    sql.forget(connection, chain, closed);
  }
}
