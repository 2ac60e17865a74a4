package app.intentgate.jdbc.policy;

import app.intentgate.policy.lifecycle.GateState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of {@code ig_policy_gates} and {@code ig_policy_loaded}. */
final class GateRows {
  private static final String BEAT =
      """
      INSERT INTO ig_policy_gates (gate, seen_ms) VALUES (?, ?)
      ON CONFLICT (gate) DO UPDATE SET seen_ms = excluded.seen_ms
      """;
  private static final String LOADED =
      """
      INSERT INTO ig_policy_loaded (gate, tenant, slot_version) VALUES (?, ?, ?)
      ON CONFLICT (tenant, gate) DO UPDATE SET slot_version = excluded.slot_version
      """;
  private static final String ALIVE =
      """
      SELECT g.gate, coalesce(l.slot_version, 0) FROM ig_policy_gates g
      LEFT JOIN ig_policy_loaded l ON l.gate = g.gate AND l.tenant = ?
      WHERE g.seen_ms >= ?
      """;
  private static final String[] LEAVE = {
    "DELETE FROM ig_policy_loaded WHERE gate = ?", "DELETE FROM ig_policy_gates WHERE gate = ?"
  };
  private static final String[] FORGET = {
    """
    DELETE FROM ig_policy_loaded WHERE gate IN (
      SELECT gate FROM ig_policy_gates WHERE seen_ms < ?)
    """,
    "DELETE FROM ig_policy_gates WHERE seen_ms < ?"
  };

  private GateRows() {}

  static void beat(Connection connection, String gate, Map<String, Long> loaded, long nowMillis)
      throws SQLException {
    try (PreparedStatement beat = connection.prepareStatement(BEAT)) {
      beat.setString(1, gate);
      beat.setLong(2, nowMillis);
      beat.executeUpdate();
    }
    if (loaded.isEmpty()) {
      return;
    }
    try (PreparedStatement put = connection.prepareStatement(LOADED)) {
      for (Map.Entry<String, Long> one : loaded.entrySet()) {
        put.setString(1, gate);
        put.setString(2, one.getKey());
        put.setLong(3, one.getValue());
        put.addBatch();
      }
      put.executeBatch();
    }
  }

  static void leave(Connection connection, String gate) throws SQLException {
    for (String sql : LEAVE) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, gate);
        delete.executeUpdate();
      }
    }
  }

  /** Forgets gates that were not heard of for long. */
  static void forget(Connection connection, long unseenSince) throws SQLException {
    for (String sql : FORGET) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setLong(1, unseenSince);
        delete.executeUpdate();
      }
    }
  }

  static List<GateState> alive(Connection connection, String tenant, long seenSince)
      throws SQLException {
    List<GateState> gates = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ALIVE)) {
      query.setString(1, tenant);
      query.setLong(2, seenSince);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          gates.add(new GateState(rows.getString(1), rows.getLong(2)));
        }
      }
    }
    return gates;
  }
}
