package app.intentgate.jdbc.schema;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings a database to the schema of this program, in one transaction that only one process at a
 * time is in: ten gates may start at once on an empty database, and either all steps are there
 * afterwards or none of those that were missing.
 *
 * <p>A new step is one line in {@code STEPS} and one file for each dialect. Numbers are never used
 * twice, and a file that was released is never changed.
 */
public final class Schema {
  private static final System.Logger LOG = System.getLogger(Schema.class.getName());
  private static final String HISTORY = "ig_schema_history";

  private record Step(int version, String name) {}

  /** Every step there is, in order. */
  private static final List<Step> STEPS =
      List.of(
          new Step(1, "audit"),
          new Step(2, "state"),
          new Step(3, "approvals"),
          new Step(4, "policies"),
          new Step(5, "checkpoints"),
          new Step(6, "operators"),
          new Step(7, "closings"),
          new Step(8, "tool_pins"),
          new Step(9, "open_calls"),
          new Step(10, "tenant_keys"),
          new Step(11, "times"),
          new Step(12, "approval_bytes"));

  private final Database database;
  private final Clock clock;
  private final List<Migration> migrations;

  private Schema(Database database, Clock clock, List<Migration> migrations) {
    this.database = database;
    this.clock = clock;
    this.migrations = migrations;
  }

  /** The schema of this program for a database. */
  public static Schema of(Database database) {
    return of(database, Clock.systemUTC());
  }

  /** The schema of this program for a database, applied at the times of a clock. */
  public static Schema of(Database database, Clock clock) {
    Dialect dialect = database.dialect();
    return new Schema(
        database,
        clock,
        STEPS.stream().map(s -> Migration.load(dialect, s.version(), s.name())).toList());
  }

  /** The schema as an earlier program had it, which knew the steps up to a number; for tests. */
  Schema upTo(int version) {
    return with(migrations.stream().filter(m -> m.version() <= version).toList());
  }

  Schema with(List<Migration> others) {
    return new Schema(database, clock, others);
  }

  List<Migration> migrations() {
    return migrations;
  }

  /**
   * Applies the steps that are missing.
   *
   * @return how many were
   * @throws DatabaseException {@link DatabaseException.Code#NEWER_SCHEMA} when the database has
   *     steps that this program does not know, {@link DatabaseException.Code#CHANGED_MIGRATION}
   *     when it has others under the same number, {@link DatabaseException.Code#MIGRATION_FAILED}
   *     when a step cannot be applied; nothing was changed then
   */
  public int migrate() {
    return database.write(
        handle -> {
          Connection connection = handle.getConnection();
          database.dialect().lockForMigration(connection);
          Map<Integer, String> applied = applied(connection);
          check(applied);
          List<Migration> missing =
              migrations.stream().filter(m -> !applied.containsKey(m.version())).toList();
          for (Migration migration : missing) {
            apply(connection, migration);
          }
          return missing.size();
        });
  }

  /**
   * The steps that {@link #migrate} would apply, and changes nothing.
   *
   * @throws DatabaseException as {@link #migrate} does
   */
  public List<String> pending() {
    Map<Integer, String> applied = database.read(handle -> applied(handle.getConnection()));
    check(applied);
    return migrations.stream()
        .filter(m -> !applied.containsKey(m.version()))
        .map(m -> "%d %s".formatted(m.version(), m.name()))
        .toList();
  }

  /**
   * Checks that the database has exactly the steps of this program, and changes nothing: for a role
   * that may not make tables.
   *
   * @throws DatabaseException as {@link #migrate} does, and {@link
   *     DatabaseException.Code#MIGRATION_FAILED} when steps are missing
   */
  public void check() {
    Map<Integer, String> applied = database.read(handle -> applied(handle.getConnection()));
    check(applied);
    List<Integer> missing = new ArrayList<>();
    migrations.forEach(m -> missing.add(m.version()));
    missing.removeAll(applied.keySet());
    if (!missing.isEmpty()) {
      throw new DatabaseException(
          DatabaseException.Code.MIGRATION_FAILED,
          "the schema steps "
              + missing
              + " are missing: run intentgate migrate as the tables' owner");
    }
  }

  private void check(Map<Integer, String> applied) {
    Map<Integer, Migration> known = new TreeMap<>();
    migrations.forEach(m -> known.put(m.version(), m));
    applied.forEach(
        (version, checksum) -> {
          Migration migration = known.get(version);
          if (migration == null) {
            throw new DatabaseException(
                DatabaseException.Code.NEWER_SCHEMA,
                "%s has schema step %d, which this program does not know: it was written by a newer version; start that one"
                    .formatted(database.config().target().describe(), version));
          }
          if (!migration.checksum().equals(checksum)) {
            throw new DatabaseException(
                DatabaseException.Code.CHANGED_MIGRATION,
                "schema step %d (%s) was applied with another text than this program has"
                    .formatted(version, migration.name()));
          }
        });
  }

  private Map<Integer, String> applied(Connection connection) throws SQLException {
    Map<Integer, String> applied = new TreeMap<>();
    if (!exists(connection)) {
      return applied;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT version, checksum FROM " + HISTORY)) {
      while (rows.next()) {
        applied.put(rows.getInt(1), rows.getString(2));
      }
    }
    return applied;
  }

  private boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(database.dialect().tableExists())) {
      query.setString(1, HISTORY);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private void apply(Connection connection, Migration migration) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + HISTORY
              + " (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,"
              + " applied_at TEXT NOT NULL)");
      for (String sql : migration.statements()) {
        statement.execute(sql);
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + HISTORY + " VALUES (?, ?, ?, ?)")) {
        insert.setInt(1, migration.version());
        insert.setString(2, migration.name());
        insert.setString(3, migration.checksum());
        insert.setString(4, clock.instant().toString());
        insert.executeUpdate();
      }
      LOG.log(
          System.Logger.Level.INFO,
          "schema step {0} ({1}) applied",
          migration.version(),
          migration.name());
    } catch (SQLException e) {
      throw new DatabaseException(
          DatabaseException.Code.MIGRATION_FAILED,
          "schema step %d (%s) cannot be applied: %s"
              .formatted(migration.version(), migration.name(), e.getMessage()),
          e);
    }
  }
}
