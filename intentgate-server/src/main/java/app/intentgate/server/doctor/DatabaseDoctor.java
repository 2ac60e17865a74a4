package app.intentgate.server.doctor;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.schema.Schema;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Looks at a database and changes no row and no table of it. */
public final class DatabaseDoctor {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int OLDEST = 13;
  private static final long CLOCK_WARN_MS = 1_000;
  private static final int NOTIFY_MS = 2_000;
  private static final long GATE_SILENT_MS = 10_000;

  private final String subject;
  private final List<Finding> found = new ArrayList<>();

  private DatabaseDoctor(String subject) {
    this.subject = subject;
  }

  /** Looks at a database, by a clock to compare its own with. */
  public static List<Finding> examine(DatabaseTarget target, Clock clock) {
    DatabaseDoctor doctor = new DatabaseDoctor(target.describe());
    if (target instanceof DatabaseTarget.SqliteFile sqlite && !Files.exists(sqlite.file())) {
      doctor.found.add(Finding.ok(doctor.subject, "is not there yet; the first start makes it"));
      return doctor.found;
    }
    try {
      doctor.asAReader(target, clock);
      doctor.asAGate(target);
    } catch (DatabaseException | SQLException e) {
      doctor.bad("cannot be used: " + e.getMessage());
    }
    if (doctor.found.stream().allMatch(finding -> finding.level() == Finding.Level.OK)) {
      doctor.found.add(0, Finding.ok(doctor.subject, "answers, and is as it should be"));
    }
    return doctor.found;
  }

  private void asAReader(DatabaseTarget target, Clock clock) throws SQLException {
    try (Connection connection = Database.connectReadOnly(target, PATIENCE)) {
      if (target instanceof DatabaseTarget.Postgres) {
        server(connection, clock);
      } else {
        sqlite(connection);
      }
      connection.rollback();
    }
  }

  /** Over connections as a gate has them. */
  private void asAGate(DatabaseTarget target) {
    try (Database database =
        Database.open(
            DatabaseConfig.of(target).withConnections(1, 1).withWaits(PATIENCE, PATIENCE))) {
      schema(database);
      if (target instanceof DatabaseTarget.Postgres) {
        notifications(database);
      }
    }
  }

  private void bad(String text) {
    found.add(Finding.bad(subject, text));
  }

  private void warn(String text) {
    found.add(Finding.warn(subject, text));
  }

  private void server(Connection connection, Clock clock) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST) {
      bad("is PostgreSQL " + version + ": it must be 13 or newer");
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint,"
                    + " to_regclass('ig_audit_events') IS NOT NULL,"
                    + " current_setting('fsync')")) {
      row.next();
      long ahead = row.getLong(1) - clock.millis();
      if (Math.abs(ahead) > CLOCK_WARN_MS) {
        warn(
            "its clock is %d ms %s of this machine's: let both follow one time server"
                .formatted(Math.abs(ahead), ahead > 0 ? "ahead" : "behind"));
      }
      if (row.getString(3).equals("off")) {
        bad("fsync is off: a power failure loses decisions that were answered");
      }
      if (row.getBoolean(2)) {
        rights(connection);
      }
    }
  }

  private void rights(Connection connection) throws SQLException {
    for (String needed :
        List.of(
            "ig_audit_events SELECT",
            "ig_audit_events INSERT",
            "ig_audit_commits INSERT",
            "ig_chain_heads UPDATE",
            "ig_feed_heads UPDATE",
            "ig_checkpoints INSERT")) {
      if (!may(connection, needed)) {
        bad("this role lacks a right that a gate needs: " + needed);
      }
    }
    if (may(connection, "ig_audit_events DELETE") || may(connection, "ig_audit_events UPDATE")) {
      warn("this role may rewrite audit events: docs/postgresql.md has one that may not");
    }
  }

  private static boolean may(Connection connection, String tableAndRight) throws SQLException {
    String[] words = tableAndRight.split(" ");
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT coalesce(has_table_privilege(to_regclass(?), ?), true)")) {
      select.setString(1, words[0]);
      select.setString(2, words[1]);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private void sqlite(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      if (!row.next() || !row.getString(1).equals("ok")) {
        bad("is damaged: " + row.getString(1));
      }
    }
  }

  private void schema(Database database) {
    try {
      List<String> missing = Schema.of(database).pending();
      if (!missing.isEmpty()) {
        warn("schema steps are missing, run intentgate migrate: " + String.join(", ", missing));
      }
    } catch (DatabaseException e) {
      bad(String.valueOf(e.getMessage()));
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT to_regclass('ig_policy_gates') IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Which gates follow the feed: each says every two seconds that it lives. */
  private void gates(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT gate, (extract(epoch FROM clock_timestamp()) * 1000)::bigint - seen_ms"
                + " FROM ig_policy_gates ORDER BY seen_ms DESC LIMIT 100")) {
      while (row.next()) {
        String gate = "gate " + row.getString(1);
        long age = row.getLong(2);
        found.add(
            age <= GATE_SILENT_MS
                ? Finding.ok(gate, "follows the change feed, heard of " + age + " ms ago")
                : Finding.warn(
                    gate,
                    "was last heard of "
                        + age / 1_000
                        + " s ago: it was killed, or it refuses every call until it hears again"));
      }
    }
  }

  /** Whether what one gate notifies reaches another, which a pool between may prevent. */
  private void notifications(Database database) {
    try (Connection connection = database.connectApart(PATIENCE);
        Statement statement = connection.createStatement()) {
      statement.execute("LISTEN ig_doctor");
      long begun = System.nanoTime();
      statement.execute("NOTIFY ig_doctor");
      PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(NOTIFY_MS);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      if (heard == null || heard.length == 0) {
        warn("notifications do not come through; gates hear of changes within half a second");
      } else {
        found.add(Finding.ok("change feed", "a notification came through in " + millis + " ms"));
      }
      if (exists(statement)) {
        gates(statement);
      }
    } catch (SQLException e) {
      warn("notifications do not work: " + e.getMessage());
    }
  }
}
