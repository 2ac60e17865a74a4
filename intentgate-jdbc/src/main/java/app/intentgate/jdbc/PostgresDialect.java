package app.intentgate.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** PostgreSQL 13 and newer. */
public record PostgresDialect() implements Dialect {
  /** "intentgate" on a telephone's keys: a number that nobody else takes for an advisory lock. */
  private static final long MIGRATION_LOCK = 4_683_684_283L;

  /** Serialization failure, deadlock, lock not available. */
  private static final Set<String> RETRY = Set.of("40001", "40P01", "55P03");

  /**
   * Shutdown of the server, too many connections, out of memory, disk full, read only, cut off
   * after standing still within a transaction.
   */
  private static final Set<String> AWAY =
      Set.of("57P01", "57P02", "57P03", "57014", "53300", "53100", "53200", "25006", "25P03");

  @Override
  public String id() {
    return "postgresql";
  }

  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public String tableExists() {
    // By a query, not to_regclass: in a transaction that asked before, that may go by its memory.
    return "SELECT count(*) > 0 FROM pg_class WHERE relname = ? AND pg_table_is_visible(oid)";
  }

  @Override
  public void lockForMigration(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
    }
  }

  @Override
  public boolean isWorthRetrying(SQLException failure) {
    return RETRY.contains(state(failure));
  }

  @Override
  public boolean isUnavailable(SQLException failure) {
    String state = state(failure);
    return failure instanceof java.sql.SQLTransientConnectionException
        || failure instanceof java.sql.SQLTimeoutException
        || state.startsWith("08")
        || AWAY.contains(state);
  }

  @Override
  public boolean isDuplicate(SQLException failure) {
    return state(failure).equals("23505");
  }

  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }
}
