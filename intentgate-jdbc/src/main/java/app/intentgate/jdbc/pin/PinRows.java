package app.intentgate.jdbc.pin;

import app.intentgate.jdbc.StoredText;
import app.intentgate.pin.PinStatus;
import app.intentgate.pin.ToolDefinition;
import app.intentgate.pin.ToolPin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@code ig_tool_pins}. */
final class PinRows {
  private static final String COLUMNS =
      "upstream, tool, sha256, definition, accepted_sha256, accepted_definition, status,"
          + " first_seen_us, version";
  private static final String INSERT =
      "INSERT INTO ig_tool_pins ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (upstream, tool) DO NOTHING";

  /** What decides about the tool is what is compared. */
  private static final String REPLACE =
      """
      UPDATE ig_tool_pins
      SET sha256 = ?, definition = ?, accepted_sha256 = ?, accepted_definition = ?, status = ?,
        first_seen_us = ?, version = ?
      WHERE upstream = ? AND tool = ? AND sha256 = ? AND COALESCE(accepted_sha256, '') = ?
        AND status = ?
      """;

  private static final String AFTER =
      "SELECT " + COLUMNS + " FROM ig_tool_pins WHERE version > ? ORDER BY version";

  private PinRows() {}

  /**
   * One row.
   *
   * @param pin the pin
   * @param version the change that made it so
   */
  record Row(ToolPin pin, long version) {}

  static boolean insert(Connection connection, ToolPin pin, long version) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, pin.upstream());
      insert.setString(2, pin.tool());
      state(insert, 3, pin);
      insert.setLong(8, StoredText.micros(pin.firstSeen()));
      insert.setLong(9, version);
      return insert.executeUpdate() == 1;
    }
  }

  static boolean replace(Connection connection, ToolPin expected, ToolPin next, long version)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(REPLACE)) {
      state(update, 1, next);
      update.setLong(6, StoredText.micros(next.firstSeen()));
      update.setLong(7, version);
      update.setString(8, expected.upstream());
      update.setString(9, expected.tool());
      update.setString(10, expected.seen().sha256());
      ToolDefinition accepted = expected.accepted();
      update.setString(11, accepted == null ? "" : accepted.sha256());
      update.setString(12, expected.status().wireName());
      return update.executeUpdate() == 1;
    }
  }

  private static void state(PreparedStatement statement, int at, ToolPin pin) throws SQLException {
    ToolDefinition accepted = pin.accepted();
    statement.setString(at, pin.seen().sha256());
    statement.setString(at + 1, pin.seen().text());
    statement.setString(at + 2, accepted == null ? null : accepted.sha256());
    statement.setString(at + 3, accepted == null ? null : accepted.text());
    statement.setString(at + 4, pin.status().wireName());
  }

  static List<Row> after(Connection connection, long version) throws SQLException {
    List<Row> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(AFTER)) {
      query.setLong(1, version);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(new Row(pin(row), row.getLong(9)));
        }
      }
    }
    return found;
  }

  private static ToolPin pin(ResultSet row) throws SQLException {
    String sha256 = row.getString(5);
    String text = row.getString(6);
    return new ToolPin(
        row.getString(1),
        row.getString(2),
        new ToolDefinition(row.getString(3), row.getString(4)),
        sha256 == null || text == null ? null : new ToolDefinition(sha256, text),
        PinStatus.of(row.getString(7)),
        StoredText.instant(row.getLong(8)));
  }
}
