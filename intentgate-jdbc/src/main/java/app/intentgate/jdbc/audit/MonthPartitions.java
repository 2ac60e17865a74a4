package app.intentgate.jdbc.audit;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Makes the month partitions of PostgreSQL's events ahead of time. Rows of a month without one lie
 * in the partition for the others and are found all the same, only not dropped with their month.
 * Does nothing on SQLite. Thread-safe.
 */
public final class MonthPartitions {
  private static final System.Logger LOG = System.getLogger(MonthPartitions.class.getName());
  private static final int MONTHS_AHEAD = 3;

  private final Database database;
  private final Clock clock;

  /** Partitions of a database, by a clock. */
  public MonthPartitions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The name of a month's partition. */
  static String name(YearMonth month) {
    return "ig_audit_events_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
  }

  /**
   * Makes those of this month and the next three that are missing. A month that cannot have one any
   * more, because rows of it lie among the others, a role that may not make tables, or somebody who
   * reads the table for longer than a second, is a line in the log and no failure.
   *
   * @return how many were made
   */
  public int makeAhead() {
    int made = 0;
    if (database.dialect().isShared()) {
      YearMonth first = YearMonth.now(clock.withZone(ZoneOffset.UTC));
      for (int i = 0; i <= MONTHS_AHEAD; i++) {
        made += make(first.plusMonths(i)) ? 1 : 0;
      }
    }
    return made;
  }

  private boolean make(YearMonth month) {
    try {
      return database.write(handle -> make(handle.getConnection(), month));
    } catch (DatabaseException e) {
      if (e.code() == DatabaseException.Code.UNAVAILABLE) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "no partition {0}; its events go to ig_audit_events_other: {1}",
          name(month),
          e.getMessage());
      return false;
    }
  }

  private boolean make(Connection connection, YearMonth month) throws SQLException {
    if (exists(connection, month)) {
      return false;
    }
    database.dialect().lockForMigration(connection);
    if (exists(connection, month)) {
      return false;
    }
    try (Statement create = connection.createStatement()) {
      // Appends queue behind a statement that waits for a long reader of the same table.
      create.execute("SET LOCAL lock_timeout = '1s'");
      create.execute(
          "CREATE TABLE %s PARTITION OF ig_audit_events FOR VALUES FROM ('%s-01 00:00:00+00') TO ('%s-01 00:00:00+00')"
              .formatted(name(month), month, month.plusMonths(1)));
    }
    return true;
  }

  private boolean exists(Connection connection, YearMonth month) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(database.dialect().tableExists())) {
      select.setString(1, name(month));
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
