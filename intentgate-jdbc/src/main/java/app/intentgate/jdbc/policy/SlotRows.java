package app.intentgate.jdbc.policy;

import app.intentgate.file.PolicyLines;
import app.intentgate.jdbc.StoredJson;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicySlot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ig_policy_slots} and {@code ig_policy_changes}. */
final class SlotRows {
  private static final String PUT =
      """
      INSERT INTO ig_policy_slots (tenant, slot_version, version, line) VALUES (?, ?, ?, ?)
      ON CONFLICT (tenant) DO UPDATE SET slot_version = excluded.slot_version,
        version = excluded.version, line = excluded.line
      """;
  private static final String ADD_CHANGE =
      "INSERT INTO ig_policy_changes (tenant, ordinal, id, line) VALUES (?, ?, ?, ?)";
  private static final String SLOT = "SELECT line FROM ig_policy_slots WHERE tenant = ?";
  private static final String SLOTS = "SELECT line FROM ig_policy_slots";
  private static final String AFTER =
      "SELECT tenant, version FROM ig_policy_slots WHERE version > ? ORDER BY version";
  private static final String CHANGE =
      "SELECT line, ordinal FROM ig_policy_changes WHERE tenant = ? AND id = ?";
  private static final String HISTORY =
      """
      SELECT line, ordinal FROM ig_policy_changes WHERE tenant = ? AND ordinal < ?
      ORDER BY ordinal DESC LIMIT ?
      """;

  private SlotRows() {}

  /**
   * An entry of the history.
   *
   * @param change the entry
   * @param ordinal its place
   */
  record Entry(PolicyChange change, long ordinal) {}

  /** Who is told of each slot that changed. */
  @FunctionalInterface
  interface SlotVisitor {
    void slot(String tenant, long version);
  }

  static void put(
      Connection connection, PolicySlot slot, @Nullable PolicyChange change, long version)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      put.setString(1, slot.tenant());
      put.setLong(2, slot.version());
      put.setLong(3, version);
      put.setString(4, JsonWriter.toText(PolicyLines.of(slot, null)));
      put.executeUpdate();
    }
    if (change == null) {
      return;
    }
    try (PreparedStatement add = connection.prepareStatement(ADD_CHANGE)) {
      add.setString(1, change.tenant());
      add.setLong(2, version);
      add.setString(3, change.id());
      add.setString(4, JsonWriter.toText(PolicyLines.of(slot, change)));
      add.executeUpdate();
    }
  }

  static PolicySlot slot(Connection connection, String tenant) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SLOT)) {
      query.setString(1, tenant);
      return slots(query).stream().findFirst().orElseGet(() -> PolicySlot.empty(tenant));
    }
  }

  static List<PolicySlot> slots(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SLOTS)) {
      return slots(query);
    }
  }

  private static List<PolicySlot> slots(PreparedStatement query) throws SQLException {
    List<PolicySlot> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(StoredJson.read(rows.getString(1), PolicyLines::slot));
      }
    }
    return found;
  }

  static void after(Connection connection, long version, SlotVisitor visitor) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(AFTER)) {
      query.setLong(1, version);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          visitor.slot(rows.getString(1), rows.getLong(2));
        }
      }
    }
  }

  static Optional<PolicyChange> change(Connection connection, String tenant, String id)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(CHANGE)) {
      query.setString(1, tenant);
      query.setString(2, id);
      return entries(query).stream().map(Entry::change).findFirst();
    }
  }

  /** Entries before a place, newest first. */
  static List<Entry> history(Connection connection, String tenant, long before, int limit)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HISTORY)) {
      query.setString(1, tenant);
      query.setLong(2, before);
      query.setInt(3, limit);
      return entries(query);
    }
  }

  private static PolicyChange change(JsonObject line) {
    PolicyChange change = PolicyLines.change(line);
    if (change == null) {
      throw new IllegalArgumentException("it holds no change");
    }
    return change;
  }

  private static List<Entry> entries(PreparedStatement query) throws SQLException {
    List<Entry> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        PolicyChange change = StoredJson.read(rows.getString(1), SlotRows::change);
        found.add(new Entry(change, rows.getLong(2)));
      }
    }
    return found;
  }
}
