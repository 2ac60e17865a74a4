package app.intentgate.jdbc.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A topic all of whose rows are in memory, whole. Asking takes no lock.
 *
 * @param <K> what a row is found by
 * @param <R> a row with its version
 */
public abstract class MirroredTopic<K, R> implements FeedTopic {
  /** The rows that are known. */
  protected final Mirror<K, R> rows;

  private final String name;
  private final ToLongFunction<R> version;

  /** An empty one. */
  protected MirroredTopic(String name, ToLongFunction<R> version) {
    this.name = name;
    this.version = version;
    this.rows = new Mirror<>(version);
  }

  /** What a row is found by. */
  protected abstract K keyOf(R row);

  /** The rows in the database that are newer than a version. */
  protected abstract List<R> after(Connection connection, long version) throws SQLException;

  /** One that is committed; an older version than what is known changes nothing. */
  public final void put(R row) {
    rows.put(keyOf(row), row);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void reload(Connection connection) throws SQLException {
    rows.reload(
        () -> {
          Map<K, R> there = new HashMap<>();
          after(connection, 0).forEach(row -> there.put(keyOf(row), row));
          return there;
        });
  }

  @Override
  public final long follow(Connection connection, long after) throws SQLException {
    long newest = after;
    for (R row : after(connection, after)) {
      put(row);
      newest = Math.max(newest, version.applyAsLong(row));
    }
    return newest;
  }
}
