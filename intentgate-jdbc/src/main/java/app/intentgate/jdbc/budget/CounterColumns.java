package app.intentgate.jdbc.budget;

import app.intentgate.budget.Charge;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/** A counter's key as three columns. */
final class CounterColumns {
  private CounterColumns() {}

  /** So many places for keys; the number is rounded up so that few statements are prepared. */
  static String values(int count) {
    return "(?, ?, ?), ".repeat(places(count) - 1) + "(?, ?, ?)";
  }

  private static int places(int count) {
    return count <= 1 ? 1 : Integer.highestOneBit(count - 1) << 1;
  }

  /** Fills the places of {@link #values}; the last key is repeated. */
  static void bind(PreparedStatement statement, Collection<CounterKey> keys) throws SQLException {
    int at = 1;
    CounterKey last = null;
    for (CounterKey key : keys) {
      bind(statement, at, key);
      at += 3;
      last = key;
    }
    for (int place = keys.size(); last != null && place < places(keys.size()); place++) {
      bind(statement, at, last);
      at += 3;
    }
  }

  static void bind(PreparedStatement statement, int at, CounterKey key) throws SQLException {
    statement.setString(at, key.tenant());
    statement.setString(at + 1, key.kind().caveat());
    statement.setString(at + 2, key.counter());
  }

  /** The key in the first three columns. */
  static CounterKey read(ResultSet row) throws SQLException {
    String kind = row.getString(2);
    for (Charge.Kind known : Charge.Kind.values()) {
      if (known.caveat().equals(kind)) {
        return new CounterKey(row.getString(1), known, row.getString(3));
      }
    }
    throw new SQLException("a budget of an unknown kind: " + kind);
  }
}
