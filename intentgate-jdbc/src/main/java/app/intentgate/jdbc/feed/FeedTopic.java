package app.intentgate.jdbc.feed;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a gate holds in memory of one topic. The feed calls it from one thread; others read it at
 * the same time. It goes by what stands in the database now, not by what happened, so that to read
 * a change twice or late does no harm.
 */
public interface FeedTopic {
  /** Its name among the feed's heads. */
  String name();

  /** Reads everything anew and forgets what is not there any more. */
  void reload(Connection connection) throws SQLException;

  /**
   * Reads what changed.
   *
   * @param after the version after which
   * @return the newest version that was read
   */
  long follow(Connection connection, long after) throws SQLException;

  /**
   * Whether everything that was read is in force. A topic that hands it on to others is not settled
   * before they are done; until then the gate is as up to date as it was before. Never blocks.
   */
  default boolean isSettled() {
    return true;
  }
}
