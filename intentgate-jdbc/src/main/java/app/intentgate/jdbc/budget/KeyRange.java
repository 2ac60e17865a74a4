package app.intentgate.jdbc.budget;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Some of the counters, in the order that the database has them in.
 *
 * @param after the one before the first; null from the first on
 * @param last the last; null to the end
 */
record KeyRange(@Nullable CounterKey after, @Nullable CounterKey last) {
  /** A condition on rows of counters, with AND before it. */
  String condition() {
    return " AND (tenant, kind, counter) > (?, ?, ?)"
        + (last == null ? "" : " AND (tenant, kind, counter) <= (?, ?, ?)");
  }

  /** Sets the parameters of the condition. */
  void bind(PreparedStatement statement, int at) throws SQLException {
    bindAfter(statement, at, after);
    if (last != null) {
      CounterColumns.bind(statement, at + 3, last);
    }
  }

  /** Every counter is of a kind, so that all of them come after three empty texts. */
  static void bindAfter(PreparedStatement statement, int at, @Nullable CounterKey key)
      throws SQLException {
    if (key != null) {
      CounterColumns.bind(statement, at, key);
      return;
    }
    for (int i = 0; i < 3; i++) {
      statement.setString(at + i, "");
    }
  }
}
