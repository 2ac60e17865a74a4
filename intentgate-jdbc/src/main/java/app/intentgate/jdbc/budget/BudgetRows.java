package app.intentgate.jdbc.budget;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ig_budgets}. */
final class BudgetRows {
  private static final String INSERT =
      """
      INSERT INTO ig_budgets (tenant, kind, counter, used, moments, expires_s, touched_ms)
      VALUES (?, ?, ?, 0, '', NULL, ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String UPDATE =
      """
      UPDATE ig_budgets SET used = ?, moments = ?, expires_s = ?, touched_ms = ?
      WHERE tenant = ? AND kind = ? AND counter = ?
      """;
  private static final String FORGET =
      """
      DELETE FROM ig_budgets
      WHERE (expires_s < ? OR (kind = 'rate_limit' AND touched_ms < ?))
      """;
  private static final String END =
      """
      SELECT tenant, kind, counter FROM ig_budgets WHERE (tenant, kind, counter) > (?, ?, ?)
      ORDER BY tenant, kind, counter LIMIT 1 OFFSET ?
      """;

  private BudgetRows() {}

  record Row(long used, SlidingWindow window, @Nullable Long expiresAt) {}

  /** The rows there are, locked in the order of their keys. */
  static Map<CounterKey, Row> lock(
      Connection connection, Collection<CounterKey> keys, String forUpdate) throws SQLException {
    Map<CounterKey, Row> rows = new TreeMap<>();
    String sql =
        """
        SELECT tenant, kind, counter, used, moments, expires_s FROM ig_budgets
        WHERE (tenant, kind, counter) IN (VALUES %s)
        ORDER BY tenant, kind, counter%s
        """
            .formatted(CounterColumns.values(keys.size()), forUpdate);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      CounterColumns.bind(query, keys);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          rows.put(
              CounterColumns.read(found),
              new Row(
                  found.getLong(4), SlidingWindow.parse(found.getString(5)), optional(found, 6)));
        }
      }
    }
    return rows;
  }

  private static @Nullable Long optional(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : (Long) value;
  }

  /** Adds rows that are not there; in the order given, so that two gates cannot wait in a ring. */
  static void add(Connection connection, Collection<CounterKey> keys, long nowMillis)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (CounterKey key : keys) {
        CounterColumns.bind(insert, 1, key);
        insert.setLong(4, nowMillis);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static void update(Connection connection, List<CounterUpdate> updates, long nowMillis)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      for (CounterUpdate change : updates) {
        update.setLong(1, change.used());
        update.setString(2, change.window().text());
        bindOptional(update, 3, change.expiresAt());
        update.setLong(4, nowMillis);
        CounterColumns.bind(update, 5, change.counter());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  private static void bindOptional(PreparedStatement statement, int at, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(at, Types.BIGINT);
    } else {
      statement.setLong(at, value);
    }
  }

  /** The next so many keys after one, or from the first on for null. */
  static KeyRange next(Connection connection, @Nullable CounterKey after, int count)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(END)) {
      KeyRange.bindAfter(query, 1, after);
      query.setInt(4, count - 1);
      try (ResultSet row = query.executeQuery()) {
        return new KeyRange(after, row.next() ? CounterColumns.read(row) : null);
      }
    }
  }

  /** Forgets what no token can charge any more. */
  static void forget(
      Connection connection, KeyRange range, long expiredBefore, long ratesUntouchedSince)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET + range.condition())) {
      delete.setLong(1, expiredBefore);
      delete.setLong(2, ratesUntouchedSince);
      range.bind(delete, 3);
      delete.executeUpdate();
    }
  }
}
