package app.intentgate.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** SQLite: one file, one process, one writer. */
public record SqliteDialect() implements Dialect {
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int CONSTRAINT = 19;

  /** Read only, input or output error, full, cannot open. */
  private static final Set<Integer> AWAY = Set.of(8, 10, 13, 14);

  @Override
  public String id() {
    return "sqlite";
  }

  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public String tableExists() {
    return "SELECT count(*) > 0 FROM sqlite_master WHERE type = 'table' AND name = ?";
  }

  @Override
  public void lockForMigration(Connection connection) {
    // Every transaction of the writing connection begins with BEGIN IMMEDIATE.
  }

  @Override
  public boolean isWorthRetrying(SQLException failure) {
    int code = primary(failure);
    return code == BUSY || code == LOCKED;
  }

  @Override
  public boolean isUnavailable(SQLException failure) {
    return failure instanceof java.sql.SQLTransientConnectionException
        || AWAY.contains(primary(failure));
  }

  @Override
  public boolean isDuplicate(SQLException failure) {
    return primary(failure) == CONSTRAINT;
  }

  private static int primary(SQLException failure) {
    return failure.getErrorCode() & 255;
  }
}
