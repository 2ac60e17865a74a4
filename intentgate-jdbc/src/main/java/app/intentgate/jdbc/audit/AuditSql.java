package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** The statements of the audit tables in which the databases differ. Stateless. */
sealed interface AuditSql permits PostgresAuditSql, SqliteAuditSql {
  /** Gets the tables ready for positions of this server; once, when a store is opened. */
  void prepare(Connection connection) throws SQLException;

  /**
   * Where chains stand, locked in one order for all until the transaction ends.
   *
   * @param chains the keys of the chains, in order
   */
  Map<String, Tip> lock(Connection connection, Collection<String> chains) throws SQLException;

  /**
   * Whether {@link #commit} can do without {@link #lock} before it: it then locks the chains itself
   * and refuses a batch that finds one of them at another version than the batch supposes.
   */
  boolean locksAtCommit();

  /**
   * Gives the heads of chains, which are locked, another version, and ends the transaction: whoever
   * still supposes the old one, in a transaction that may be on its way, is refused.
   */
  void fence(Connection connection, Collection<String> chains) throws SQLException;

  /**
   * Adds a batch's rows, what they were committed with, and their chains' new heads, and commits.
   *
   * @param isLocked whether the transaction has its chains locked already
   * @param before to be run right before what may commit; when it throws, nothing is committed
   * @return the version at which it leaves the heads
   */
  long commit(Connection connection, SqlBatch batch, boolean isLocked, Runnable before)
      throws SQLException;

  /**
   * Whether a failure of {@link #commit} is the database's own word that nothing was committed.
   * When it is not, only looking tells.
   */
  boolean isRefusal(Exception failure);

  /** Has every row of a chain verified, in the order of their numbers, as a stream. */
  void rows(Connection connection, String chain, RowVisitor visitor) throws SQLException;

  /** A parameter that is a time in microseconds since 1970. */
  String timeParameter();

  /**
   * Where events between a query's times are: numbers of its tenant's chain, or the positions of
   * commits when it names none.
   */
  Stretch between(Connection connection, AuditQuery query) throws SQLException;

  /** Forgets what is kept beside the rows of a chain up to a number, which are gone. */
  void forget(Connection connection, String chain, long upTo) throws SQLException;

  /**
   * What positions are final: below this, none appears any more that was not there. Selected as one
   * number.
   */
  String finalBelow();
}
