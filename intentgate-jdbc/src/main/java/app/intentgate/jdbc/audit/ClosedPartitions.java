package app.intentgate.jdbc.audit;

import app.intentgate.jdbc.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drops the month partitions of PostgreSQL of which every row goes, the oldest first. A drop locks
 * the whole table, and whoever appends waits behind one that waits for a reader: so it waits for a
 * quarter of a second at a time, and tries again. Not thread-safe.
 */
final class ClosedPartitions {
  private static final System.Logger LOG = System.getLogger(ClosedPartitions.class.getName());
  private static final Pattern NAME = Pattern.compile("ig_audit_events_(\\d{4})_(\\d{2})");
  private static final long PAUSE_MILLIS = 1_000;

  private final Connection connection;
  private final Dialect dialect;
  private final ClosedRows rows;
  private final long patienceUntil;

  /**
   * Of a connection that commits when it is told to.
   *
   * @param rows what goes
   * @param patience for how long to try when readers do not end
   */
  ClosedPartitions(Connection connection, Dialect dialect, ClosedRows rows, Duration patience) {
    this.connection = connection;
    this.dialect = dialect;
    this.rows = rows;
    this.patienceUntil = System.nanoTime() + patience.toNanos();
  }

  /**
   * A month's partition.
   *
   * @param name its table
   * @param month which month's
   */
  private record Partition(String name, YearMonth month) {}

  /**
   * The rows of a chain in a partition.
   *
   * @param chain the key of the chain
   * @param first the number of the first
   * @param last the number of the last
   */
  private record Span(String chain, long first, long last) {}

  /** Drops those before a month. One that cannot be locked stays, without its rows in the end. */
  void drop(YearMonth before) throws SQLException {
    for (Partition partition : before(before)) {
      List<Span> spans = spans(partition);
      connection.rollback();
      if (spans.stream().allMatch(span -> rows.goes(span.chain(), span.last()))) {
        for (Span span : spans) {
          // What a chain has before it lies elsewhere, and goes first: no chain gets a hole.
          rows.remove(span.chain(), span.first() - 1);
        }
        dropWhenFree(partition, spans);
      }
    }
  }

  private List<Partition> before(YearMonth before) throws SQLException {
    List<Partition> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet names =
            statement.executeQuery(
                "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                    + " WHERE i.inhparent = 'ig_audit_events'::regclass ORDER BY 1")) {
      while (names.next()) {
        Matcher m = NAME.matcher(names.getString(1));
        if (m.matches()) {
          YearMonth month =
              YearMonth.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
          if (month.isBefore(before)) {
            found.add(new Partition(m.group(), month));
          }
        }
      }
    }
    return found;
  }

  /** From one chain to the next by the index, whatever the number of rows. */
  private List<Span> spans(Partition partition) throws SQLException {
    String select =
        """
        WITH RECURSIVE c(chain) AS (
          SELECT min(chain) FROM %1$s
          UNION ALL
          SELECT (SELECT min(e.chain) FROM %1$s e WHERE e.chain > c.chain)
          FROM c WHERE c.chain IS NOT NULL
        )
        SELECT chain, (SELECT min(e.seq) FROM %1$s e WHERE e.chain = c.chain),
          (SELECT max(e.seq) FROM %1$s e WHERE e.chain = c.chain)
        FROM c WHERE chain IS NOT NULL
        """
            .formatted(partition.name());
    List<Span> spans = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      while (row.next()) {
        spans.add(new Span(row.getString(1), row.getLong(2), row.getLong(3)));
      }
    }
    return spans;
  }

  private void dropWhenFree(Partition partition, List<Span> spans) throws SQLException {
    while (true) {
      try {
        dropNow(partition, spans);
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (!dialect.isWorthRetrying(e)) {
          throw e;
        }
        if (System.nanoTime() - patienceUntil >= 0) {
          LOG.log(
              System.Logger.Level.WARNING,
              "{0} is read all the time and was not dropped; its rows are deleted, and the next run"
                  + " drops it",
              partition.name());
          return;
        }
        pause();
      }
    }
  }

  private void dropNow(Partition partition, List<Span> spans) throws SQLException {
    for (Span span : spans) {
      rows.close(span.chain(), span.last());
      deleteElsewhere(partition, span);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '250ms'");
      // Nobody may append to it between the look and the drop; to others everybody may.
      statement.execute("LOCK TABLE " + partition.name() + " IN SHARE MODE");
      if (!spans(partition).equals(spans)) {
        connection.rollback();
        return;
      }
      statement.execute("DROP TABLE " + partition.name());
    }
    connection.commit();
  }

  /** Where clocks differ a row of another month may stand between those of this one. */
  private void deleteElsewhere(Partition partition, Span span) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM ig_audit_events WHERE chain = ? AND seq <= ? AND (ts < '%s-01 00:00:00+00'"
                    .formatted(partition.month())
                + " OR ts >= '%s-01 00:00:00+00')".formatted(partition.month().plusMonths(1)))) {
      delete.setString(1, span.chain());
      delete.setLong(2, span.last());
      delete.executeUpdate();
    }
  }

  private static void pause() throws SQLException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while a partition could not be locked", e);
    }
  }
}
