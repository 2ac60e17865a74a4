package app.intentgate.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * In what the databases differ, and nothing else: everything that both understand is plain SQL in
 * the stores. Implementations are immutable.
 */
public sealed interface Dialect permits PostgresDialect, SqliteDialect {
  /** The name of the database: also the folder its migrations lie in. */
  String id();

  /** What a select ends in to lock its rows; empty where a writer is alone anyway. */
  String forUpdate();

  /** Whether several processes may write one database. */
  boolean isShared();

  /** A statement that says whether a table of the name in its one parameter exists. */
  String tableExists();

  /**
   * Waits until no other process migrates this database, until the end of the transaction that the
   * connection is in.
   */
  void lockForMigration(Connection connection) throws SQLException;

  /** Whether the same transaction may well succeed if it is tried again at once. */
  boolean isWorthRetrying(SQLException failure);

  /** Whether the database could not be reached, or the connection to it was lost. */
  boolean isUnavailable(SQLException failure);

  /** Whether a row with that key was there already. */
  boolean isDuplicate(SQLException failure);
}
