package app.intentgate.jdbc.operator;

import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.feed.Mirror;
import app.intentgate.jdbc.operator.OperatorRows.Row;
import app.intentgate.operator.OperatorAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts in memory. Asking takes no lock. */
final class OperatorTopic implements FeedTopic {
  static final String NAME = "operators";

  private final Mirror<String, Row> rows = new Mirror<>(Row::version);

  @Nullable OperatorAccount find(String id) {
    Row row = rows.get(id);
    return row == null ? null : row.account();
  }

  /** One that is committed; an older version than what is known changes nothing. */
  void put(Row row) {
    rows.put(row.account().id(), row);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void reload(Connection connection) throws SQLException {
    rows.reload(
        () -> {
          Map<String, Row> there = new HashMap<>();
          OperatorRows.after(connection, 0).forEach(row -> there.put(row.account().id(), row));
          return there;
        });
  }

  @Override
  public long follow(Connection connection, long after) throws SQLException {
    long newest = after;
    for (Row row : OperatorRows.after(connection, after)) {
      put(row);
      newest = Math.max(newest, row.version());
    }
    return newest;
  }
}
