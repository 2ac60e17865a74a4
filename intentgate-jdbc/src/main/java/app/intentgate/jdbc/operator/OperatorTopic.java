package app.intentgate.jdbc.operator;

import app.intentgate.jdbc.feed.MirroredTopic;
import app.intentgate.jdbc.operator.OperatorRows.Row;
import app.intentgate.operator.OperatorAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The accounts in memory. Asking takes no lock. */
final class OperatorTopic extends MirroredTopic<String, Row> {
  static final String NAME = "operators";

  OperatorTopic() {
    super(NAME, Row::version);
  }

  @Nullable OperatorAccount find(String id) {
    Row row = rows.get(id);
    return row == null ? null : row.account();
  }

  @Override
  protected String keyOf(Row row) {
    return row.account().id();
  }

  @Override
  protected List<Row> after(Connection connection, long version) throws SQLException {
    return OperatorRows.after(connection, version);
  }
}
