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
   * The heads of chains, locked in one order for all until the transaction ends.
   *
   * @param chains the keys of the chains, in order
   * @param heads where to put one for each
   * @return the position of this transaction's events among all
   */
  long lock(Connection connection, Collection<String> chains, Map<String, HeadRow> heads)
      throws SQLException;

  /**
   * Adds a batch's rows, what they were committed with, and their chains' new heads, and commits.
   *
   * @param before to be run right before what may commit; when it throws, nothing is committed
   */
  void commit(Connection connection, SqlBatch batch, Runnable before) throws SQLException;

  /**
   * Whether a failure of {@link #commit} is the database's own word that nothing was committed.
   * When it is not, only looking tells.
   */
  boolean isRefusal(Exception failure);

  /**
   * Keeps the table as it is until the transaction ends; before its first statement, so that what
   * it sees is no older. A partition that is dropped is gone for those who saw its closing not yet.
   */
  void hold(Connection connection) throws SQLException;

  /** Has every row of a chain verified, in the order of their numbers, as a stream. */
  void rows(Connection connection, String chain, RowVisitor visitor) throws SQLException;

  /** A parameter that is a time in microseconds since 1970. */
  String timeParameter();

  /**
   * Where events between a query's times are: numbers of its tenant's chain, or the positions of
   * commits when it names none.
   */
  Stretch between(Connection connection, AuditQuery query) throws SQLException;

  /**
   * Whether a failure is about a value of one row, which the database would never take. What may
   * pass when it is tried again, and a chain that does not fit its head, is not.
   */
  boolean isAboutValue(SQLException failure);

  /** Forgets what is kept beside the rows of a chain up to a number, which are gone. */
  void forget(Connection connection, String chain, long upTo) throws SQLException;

  /**
   * What positions are final: below this, none appears any more that was not there. Selected as one
   * number.
   */
  String finalBelow();

  /**
   * Joins commits, as {@code c}, with the events of each that meet conditions, as {@code e}: commit
   * by commit in the order of the commits, since whoever reads stops after a page.
   *
   * @param conditions on both; they come in the statement where this does
   */
  String eventsOfEach(String conditions);

  /**
   * Which events of a chain came in one commit.
   *
   * @param position the commit's place
   * @param chain the key of the chain
   * @param first its first event in it
   * @param last its last
   */
  record Commit(long position, String chain, long first, long last) {}
}
