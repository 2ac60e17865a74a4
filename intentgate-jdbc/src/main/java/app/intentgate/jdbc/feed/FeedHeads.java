package app.intentgate.jdbc.feed;

import app.intentgate.jdbc.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The rows of {@code ig_feed_heads}: the newest version of each topic. */
public final class FeedHeads {
  /** The channel of every notification; its payload is the topic. */
  public static final String CHANNEL = "ig_feed";

  private static final String NEXT =
      """
      INSERT INTO ig_feed_heads (topic, version) VALUES (?, 1)
      ON CONFLICT (topic) DO UPDATE SET version = ig_feed_heads.version + 1
      RETURNING version
      """;
  private static final String HOLD =
      """
      INSERT INTO ig_feed_heads (topic, version) VALUES (?, 0)
      ON CONFLICT (topic) DO UPDATE SET version = ig_feed_heads.version
      RETURNING version
      """;
  private static final String READ = "SELECT topic, version FROM ig_feed_heads";

  private FeedHeads() {}

  /**
   * The version of the change that this transaction makes. Until it is committed no other
   * transaction gets one for the topic: versions are seen in their order and without gaps.
   */
  public static long next(Connection connection, Dialect dialect, String topic)
      throws SQLException {
    long version = version(connection, NEXT, topic);
    tell(connection, dialect, topic);
    return version;
  }

  /**
   * Keeps all other transactions from changing a topic until this one ends. Whoever may find that
   * there is nothing to change asks for this first and for the {@linkplain #next version} then: a
   * version that no row has makes every gate read the whole topic anew.
   *
   * @return the version that the next change will have
   */
  public static long hold(Connection connection, String topic) throws SQLException {
    return version(connection, HOLD, topic) + 1;
  }

  private static long version(Connection connection, String sql, String topic) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, topic);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no version for topic " + topic);
        }
        return row.getLong(1);
      }
    }
  }

  /** Tells the gates that listen, once this transaction is committed. */
  public static void tell(Connection connection, Dialect dialect, String payload)
      throws SQLException {
    if (!dialect.isShared()) {
      return;
    }
    try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      notify.setString(1, CHANNEL);
      notify.setString(2, payload);
      notify.execute();
    }
  }

  /** The version of every topic that was ever changed. */
  static Map<String, Long> read(Connection connection) throws SQLException {
    Map<String, Long> heads = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(READ);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        heads.put(rows.getString(1), rows.getLong(2));
      }
    }
    return heads;
  }
}
