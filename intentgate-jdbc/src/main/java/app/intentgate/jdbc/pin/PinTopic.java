package app.intentgate.jdbc.pin;

import app.intentgate.jdbc.feed.MirroredTopic;
import app.intentgate.jdbc.pin.PinRows.Row;
import app.intentgate.pin.ToolPin;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pins in memory. Asking takes no lock. */
final class PinTopic extends MirroredTopic<ToolPin.Key, Row> {
  static final String NAME = "tool_pins";

  PinTopic() {
    super(NAME, Row::version);
  }

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

  @Override
  protected ToolPin.Key keyOf(Row row) {
    return row.pin().key();
  }

  @Override
  protected List<Row> after(Connection connection, long version) throws SQLException {
    return PinRows.after(connection, version);
  }
}
