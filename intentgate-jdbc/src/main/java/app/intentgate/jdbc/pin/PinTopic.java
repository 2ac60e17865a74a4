package app.intentgate.jdbc.pin;

import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.feed.Mirror;
import app.intentgate.jdbc.pin.PinRows.Row;
import app.intentgate.pin.ToolPin;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pins in memory. Asking takes no lock. */
final class PinTopic implements FeedTopic {
  static final String NAME = "tool_pins";

  private final Mirror<ToolPin.Key, Row> rows = new Mirror<>(Row::version);

  @Nullable ToolPin find(ToolPin.Key key) {
    Row row = rows.get(key);
    return row == null ? null : row.pin();
  }

  List<ToolPin> list(@Nullable String upstream) {
    return rows.all().stream()
        .map(Row::pin)
        .filter(pin -> upstream == null || pin.upstream().equals(upstream))
        .toList();
  }

  /** One that is committed; an older version than what is known changes nothing. */
  void put(Row row) {
    rows.put(row.pin().key(), row);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void reload(Connection connection) throws SQLException {
    rows.reload(
        () -> {
          Map<ToolPin.Key, Row> there = new HashMap<>();
          PinRows.after(connection, 0).forEach(row -> there.put(row.pin().key(), row));
          return there;
        });
  }

  @Override
  public long follow(Connection connection, long after) throws SQLException {
    long newest = after;
    for (Row row : PinRows.after(connection, after)) {
      put(row);
      newest = Math.max(newest, row.version());
    }
    return newest;
  }
}
