package app.intentgate.jdbc.audit;

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
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of whole months away and leaves chains that verify: each is closed by a signed
 * checkpoint at its last event that goes (B30). Only what was verified before goes, some thousand
 * events at a time, each time with a checkpoint that closes them: the chains verify at every
 * moment, gates go on appending, and a run that was cut short is finished by the next. Needs the
 * owner of the tables on PostgreSQL. Thread-safe; blocks for as long as it takes.
 *
 * <p>A chain is cut by number. An event of an earlier month that stands after one of a later month,
 * since clocks differ, stays.
 */
public final class Retention {
  private static final int FETCH = 1_000;
  private static final int BATCH = 10_000;

  /** Looking for the end of a long chain takes its time before the database says a word. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Database database;
  private final CheckpointKey key;
  private final Clock clock;
  private final AuditSql sql;
  private final int batch;
  private final Duration patience;

  /** Retention in a database that has its schema already; closings are signed with a key. */
  public Retention(Database database, CheckpointKey key, Clock clock) {
    this(database, key, clock, BATCH, PATIENCE);
  }

  Retention(Database database, CheckpointKey key, Clock clock, int batch, Duration patience) {
    this.database = database;
    this.batch = batch;
    this.patience = patience;
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
    List<Closed> closed = new ArrayList<>();
    try (Connection connection = Database.connectReadOnly(database.config().target(), SILENCE)) {
      // One snapshot to verify and sign; later events have higher numbers and change nothing of it.
      sql.hold(connection);
      CheckpointKeys published = Closings.published(connection);
      for (String chain : chains(connection)) {
        Closed one = close(connection, chain, before, published);
        if (one != null) {
          closed.add(one);
        }
      }
      if (archive != NOWHERE) {
        for (Closed one : closed) {
          keep(connection, one, archive);
        }
      }
    } catch (SQLException e) {
      throw database.translated(e);
    }
    archive.end();
    if (commits) {
      SqlCheckpointStore checkpoints = new SqlCheckpointStore(database);
      checkpoints.publish(key.publicHalf());
      closed.forEach(one -> checkpoints.append(one.closing().checkpoint()));
      remove(closed, month);
    }
    return closed;
  }

  /** Also what a run that was cut short left: partitions without rows, and commits. */
  private void remove(List<Closed> closed, YearMonth month) {
    try (Connection connection = database.connectApart(SILENCE)) {
      connection.setAutoCommit(false);
      ClosedRows rows = new ClosedRows(connection, sql, key, clock, closed, batch);
      if (database.dialect().isShared()) {
        new ClosedPartitions(connection, database.dialect(), rows, patience).drop(month);
      }
      rows.remove();
      rows.removeCommits();
      connection.rollback();
    } catch (SQLException e) {
      throw database.translated(e);
    }
  }

  private static TreeSet<String> chains(Connection connection) throws SQLException {
    TreeSet<String> chains = new TreeSet<>();
    try (PreparedStatement select = connection.prepareStatement(DatabaseVerifier.CHAINS);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        chains.add(rows.getString(1));
      }
    }
    return chains;
  }

  /** Verifies a chain whole and signs where it is closed; null when nothing of it can go. */
  private @Nullable Closed close(
      Connection connection, String chain, long before, CheckpointKeys published)
      throws SQLException {
    Checkpoint earlier;
    try {
      earlier = Closings.newest(connection, chain, published);
    } catch (IllegalArgumentException e) {
      throw new RetentionException(String.valueOf(e.getMessage()));
    }
    long from = earlier == null ? 0 : earlier.sequence();
    long end = last(connection, chain, before);
    if (end <= from) {
      return null;
    }
    String name = HeadRow.name(chain);
    VerificationReport report =
        SqlVerification.verify(
            sql, connection, chain, new ChainLines(name, null, null), true, published, n -> {});
    if (!report.ok()) {
      throw new RetentionException(
          "chain " + name + " is broken, so nothing of it is closed: " + report.broken());
    }
    StoredEvent last = event(connection, chain, end);
    return new Closed(
        name, end - from, ClosingCheckpoint.sign(key, name, end, last.hash(), clock.instant()));
  }

  /** The number of the last event before the first of the months that stay; 0 for none. */
  private long last(Connection connection, String chain, long before) throws SQLException {
    String select =
        "SELECT coalesce(max(seq), 0) FROM ig_audit_events WHERE chain = ? AND seq <"
            + " coalesce((SELECT min(seq) FROM ig_audit_events WHERE chain = ? AND ts >= "
            + sql.timeParameter()
            + "), 9223372036854775807)";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, chain);
      statement.setString(2, chain);
      statement.setLong(3, before);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  static StoredEvent event(Connection connection, String chain, long seq) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT line FROM ig_audit_events WHERE chain = ? AND seq = ?")) {
      select.setString(1, chain);
      select.setLong(2, seq);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("event " + seq + " of chain " + chain + " is gone");
        }
        return EventJson.read(row.getBytes(1));
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
}
