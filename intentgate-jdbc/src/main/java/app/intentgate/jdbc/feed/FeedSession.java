package app.intentgate.jdbc.feed;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The feed over one connection, from when it was made to when it is lost. Not thread-safe. */
final class FeedSession {
  private final Connection connection;
  private final PGConnection postgres;
  private final List<FeedTopic> topics;
  private final FeedClock clock;
  private final Map<String, Long> applied = new HashMap<>();
  private long askedAt;

  FeedSession(Connection connection, List<FeedTopic> topics, FeedClock clock) throws SQLException {
    this.connection = connection;
    this.postgres = connection.unwrap(PGConnection.class);
    this.topics = topics;
    this.clock = clock;
  }

  /** Listens, then reads everything: in this order nothing can come in between. */
  void begin() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + FeedHeads.CHANNEL);
    }
    askedAt = clock.now();
    Map<String, Long> heads = FeedHeads.read(connection);
    for (FeedTopic topic : topics) {
      reload(topic, heads.getOrDefault(topic.name(), 0L));
    }
    settle();
  }

  /**
   * Says how up to date the gate is, unless what was read is not in force yet.
   *
   * @return whether it is
   */
  boolean settle() {
    for (FeedTopic topic : topics) {
      if (!topic.isSettled()) {
        return false;
      }
    }
    clock.upToDateAsOf(askedAt);
    return true;
  }

  private void reload(FeedTopic topic, long version) throws SQLException {
    topic.reload(connection);
    applied.put(topic.name(), version);
  }

  /** Waits for notifications, at most so long; their payloads, none if there was none. */
  List<String> await(long millis) throws SQLException {
    PGNotification[] heard = postgres.getNotifications((int) millis);
    if (heard == null || heard.length == 0) {
      return List.of();
    }
    List<String> payloads = new ArrayList<>(heard.length);
    for (PGNotification notification : heard) {
      if (!payloads.contains(notification.getParameter())) {
        payloads.add(notification.getParameter());
      }
    }
    return payloads;
  }

  /** Reads what changed since the last time. */
  void catchUp() throws SQLException {
    askedAt = clock.now();
    Map<String, Long> heads = FeedHeads.read(connection);
    for (FeedTopic topic : topics) {
      long version = heads.getOrDefault(topic.name(), 0L);
      long was = applied.getOrDefault(topic.name(), 0L);
      if (version < was) {
        reload(topic, version);
      } else if (version > was) {
        long read = topic.follow(connection, was);
        if (read < version) {
          // The row that made the newest version is not there: read all that is.
          reload(topic, version);
        }
        applied.put(topic.name(), version);
      }
    }
    settle();
  }

  /** Whether a failure is that the database did not answer, rather than that it is gone. */
  static boolean wasSilent(Exception failure) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause()) {
      if (at instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was lost already.
    }
  }
}
