package app.intentgate.jdbc.budget;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of {@code ig_budget_leases} and {@code ig_budget_gates}. */
final class LeaseRows {
  private static final String PUT =
      """
      INSERT INTO ig_budget_leases (tenant, kind, counter, gate, held, counts_at_ms, recalled)
      VALUES (?, ?, ?, ?, ?, ?, FALSE)
      ON CONFLICT (tenant, kind, counter, gate) DO UPDATE
      SET held = excluded.held, counts_at_ms = excluded.counts_at_ms, recalled = FALSE
      """;
  private static final String END =
      """
      DELETE FROM ig_budget_leases WHERE tenant = ? AND kind = ? AND counter = ? AND gate = ?
      """;
  private static final String RECALL =
      """
      UPDATE ig_budget_leases SET recalled = TRUE
      WHERE tenant = ? AND kind = ? AND counter = ? AND gate <> ? AND NOT recalled
      """;
  private static final String RECALLED =
      """
      SELECT tenant, kind, counter FROM ig_budget_leases WHERE gate = ? AND recalled
      """;
  private static final String ALIVE =
      """
      INSERT INTO ig_budget_gates (gate, seen_ms) VALUES (?, ?)
      ON CONFLICT (gate) DO UPDATE SET seen_ms = excluded.seen_ms
      """;
  private static final String FORGET_LEASES =
      """
      DELETE FROM ig_budget_leases WHERE NOT EXISTS (
        SELECT 1 FROM ig_budgets b
        WHERE b.tenant = ig_budget_leases.tenant AND b.kind = ig_budget_leases.kind
          AND b.counter = ig_budget_leases.counter)
      """;
  private static final String FORGET_GATES =
      """
      DELETE FROM ig_budget_gates WHERE seen_ms < ? AND NOT EXISTS (
        SELECT 1 FROM ig_budget_leases l WHERE l.gate = ig_budget_gates.gate)
      """;

  private LeaseRows() {}

  /** Says whether a gate is alive, given when it was last heard of. */
  @FunctionalInterface
  interface Liveness {
    boolean isAlive(String gate, long seenMillis);
  }

  static Map<CounterKey, List<Lease>> read(
      Connection connection, Collection<CounterKey> keys, Liveness liveness) throws SQLException {
    Map<CounterKey, List<Lease>> leases = new TreeMap<>();
    String sql =
        """
        SELECT l.tenant, l.kind, l.counter, l.gate, l.held, l.counts_at_ms, coalesce(g.seen_ms, 0)
        FROM ig_budget_leases l LEFT JOIN ig_budget_gates g ON g.gate = l.gate
        WHERE (l.tenant, l.kind, l.counter) IN (VALUES %s)
        """
            .formatted(CounterColumns.values(keys.size()));
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      CounterColumns.bind(query, keys);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          String gate = found.getString(4);
          leases
              .computeIfAbsent(CounterColumns.read(found), k -> new ArrayList<>(2))
              .add(
                  new Lease(
                      gate,
                      found.getLong(5),
                      found.getLong(6),
                      liveness.isAlive(gate, found.getLong(7))));
        }
      }
    }
    return leases;
  }

  static void put(Connection connection, String gate, List<CounterUpdate> updates)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      for (CounterUpdate update : updates) {
        CounterColumns.bind(put, 1, update.counter());
        put.setString(4, gate);
        put.setLong(5, update.held());
        put.setLong(6, update.countsAt());
        put.addBatch();
      }
      put.executeBatch();
    }
  }

  /** Ends this gate's leases that hold nothing any more, and those of gates that are gone. */
  static void end(Connection connection, String gate, List<CounterUpdate> updates)
      throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END)) {
      for (CounterUpdate update : updates) {
        if (update.hadLease() && update.held() == 0) {
          CounterColumns.bind(end, 1, update.counter());
          end.setString(4, gate);
          end.addBatch();
        }
        for (String gone : update.ended()) {
          CounterColumns.bind(end, 1, update.counter());
          end.setString(4, gone);
          end.addBatch();
        }
      }
      end.executeBatch();
    }
  }

  /** Asks the other gates for what they hold. */
  static void recall(Connection connection, String gate, List<CounterUpdate> updates)
      throws SQLException {
    try (PreparedStatement recall = connection.prepareStatement(RECALL)) {
      for (CounterUpdate update : updates) {
        CounterColumns.bind(recall, 1, update.counter());
        recall.setString(4, gate);
        recall.addBatch();
      }
      recall.executeBatch();
    }
  }

  static List<CounterKey> recalled(Connection connection, String gate) throws SQLException {
    List<CounterKey> keys = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(RECALLED)) {
      query.setString(1, gate);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          keys.add(CounterColumns.read(found));
        }
      }
    }
    return keys;
  }

  static void alive(Connection connection, String gate, long nowMillis) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(ALIVE)) {
      put.setString(1, gate);
      put.setLong(2, nowMillis);
      put.executeUpdate();
    }
  }

  /** Forgets leases of counters that are gone. */
  static void forget(Connection connection, KeyRange range) throws SQLException {
    try (PreparedStatement leases =
        connection.prepareStatement(FORGET_LEASES + range.condition())) {
      range.bind(leases, 1);
      leases.executeUpdate();
    }
  }

  /** Forgets gates that are gone and hold nothing. */
  static void forgetGates(Connection connection, long unseenSince) throws SQLException {
    try (PreparedStatement gates = connection.prepareStatement(FORGET_GATES)) {
      gates.setLong(1, unseenSince);
      gates.executeUpdate();
    }
  }
}
