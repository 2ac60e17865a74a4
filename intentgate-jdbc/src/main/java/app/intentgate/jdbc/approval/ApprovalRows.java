package app.intentgate.jdbc.approval;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalJson;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.jdbc.StoredJson;
import app.intentgate.jdbc.StoredText;
import app.intentgate.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ig_approvals}. */
final class ApprovalRows {
  private static final String INSERT =
      """
      INSERT INTO ig_approvals (id, tenant, status, tool, agent, standing, exact_call, cover_call,
        expires_us, ordinal, version, line, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String UPDATE =
      """
      UPDATE ig_approvals SET status = ?, standing = ?, expires_us = ?, version = ?, line = ?
      WHERE tenant = ? AND id = ?
      """;
  private static final String FIND =
      "SELECT line, version FROM ig_approvals WHERE tenant = ? AND id = ?";
  private static final String FIND_IN_ALL = "SELECT line, version FROM ig_approvals WHERE id = ?";
  private static final String OF_CALL =
      """
      SELECT line, version FROM ig_approvals
      WHERE tenant = ? AND (exact_call = ? OR (cover_call <> '' AND cover_call = ?))
        AND status IN ('pending', 'approved', 'rejected') AND expires_us >= ?
      ORDER BY ordinal
      """;
  private static final String LATE =
      """
      SELECT line, version FROM ig_approvals WHERE status = 'pending' AND expires_us <= ?
      ORDER BY expires_us LIMIT ?
      """;
  private static final String ANY_LATE =
      "SELECT 1 FROM ig_approvals WHERE status = 'pending' AND expires_us <= ? LIMIT 1";
  private static final String AFTER =
      "SELECT line, version FROM ig_approvals WHERE version > ? ORDER BY version LIMIT ?";
  private static final String WAITING =
      """
      SELECT count(*), coalesce(sum(bytes), 0) FROM ig_approvals
      WHERE status = 'pending'
      """;
  private static final String WAITING_OF_TENANT = WAITING + " AND tenant = ?";

  private ApprovalRows() {}

  /**
   * A row and the change that made it so.
   *
   * @param approval the row
   * @param version the change
   */
  record Row(Approval approval, long version) {}

  static void insert(Connection connection, Approval approval, long version) throws SQLException {
    ApprovalBinding call = approval.binding();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, approval.id());
      insert.setString(2, call.tenant());
      insert.setString(3, approval.status().wireName());
      insert.setString(4, StoredText.readable(call.tool()));
      insert.setString(5, StoredText.readable(call.agentId()));
      insert.setBoolean(6, approval.isStandingGrant());
      insert.setString(7, exact(call));
      insert.setString(8, cover(call));
      insert.setLong(9, StoredText.micros(approval.expiresAt()));
      insert.setLong(10, version);
      insert.setLong(11, version);
      String line = line(approval);
      insert.setString(12, line);
      insert.setLong(13, bytes(line));
      insert.executeUpdate();
    }
  }

  static void update(Connection connection, Approval approval, long version) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      update.setString(1, approval.status().wireName());
      update.setBoolean(2, approval.isStandingGrant());
      update.setLong(3, StoredText.micros(approval.expiresAt()));
      update.setLong(4, version);
      update.setString(5, line(approval));
      update.setString(6, approval.binding().tenant());
      update.setString(7, approval.id());
      update.executeUpdate();
    }
  }

  /** The row of an id, of that tenant or of any for null. */
  static Optional<Approval> find(Connection connection, String id, @Nullable String tenant)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(tenant == null ? FIND_IN_ALL : FIND)) {
      int at = 1;
      if (tenant != null) {
        query.setString(at++, tenant);
      }
      query.setString(at, id);
      return rows(query).stream().map(Row::approval).findFirst();
    }
  }

  /** The rows that a call may meet, oldest first, without those that expired by now. */
  static List<Approval> ofCall(Connection connection, ApprovalBinding call, Instant now)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_CALL)) {
      query.setString(1, call.tenant());
      query.setString(2, exact(call));
      query.setString(3, cover(call));
      query.setLong(4, StoredText.micros(now));
      return rows(query).stream().map(Row::approval).toList();
    }
  }

  static List<Approval> late(Connection connection, Instant now, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LATE)) {
      query.setLong(1, StoredText.micros(now));
      query.setInt(2, limit);
      return rows(query).stream().map(Row::approval).toList();
    }
  }

  /** Whether a row waits whose time is over. */
  static boolean isAnyLate(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ANY_LATE)) {
      query.setLong(1, StoredText.micros(now));
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  /** The first rows that changed after a version, in the order of their changes. */
  static List<Row> after(Connection connection, long version, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(AFTER)) {
      query.setLong(1, version);
      query.setInt(2, limit);
      return rows(query);
    }
  }

  /**
   * Rows that wait.
   *
   * @param rows how many
   * @param bytes how long their lines are together
   */
  record Waiting(int rows, long bytes) {}

  static Waiting waiting(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WAITING)) {
      return waiting(query);
    }
  }

  static Waiting waiting(Connection connection, String tenant) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WAITING_OF_TENANT)) {
      query.setString(1, tenant);
      return waiting(query);
    }
  }

  private static Waiting waiting(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? new Waiting(row.getInt(1), row.getLong(2)) : new Waiting(0, 0);
    }
  }

  /** How many bytes the line of a row has. */
  static long length(Approval approval) {
    return bytes(line(approval));
  }

  private static int bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length;
  }

  static List<Approval> list(Connection connection, ApprovalQuery query) throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT line, version FROM ig_approvals WHERE 1 = 1");
    List<String> values = new ArrayList<>();
    filter(sql, values, "tenant", query.tenant());
    filter(sql, values, "status", query.status());
    filter(sql, values, "tool", query.tool());
    filter(sql, values, "agent", query.agentId());
    sql.append(query.standingOnly() ? " AND standing" : "");
    sql.append(" ORDER BY ordinal DESC LIMIT ? OFFSET ?");
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      int at = 1;
      for (String value : values) {
        select.setString(at++, value);
      }
      select.setInt(at++, query.limit());
      select.setInt(at, query.offset());
      return rows(select).stream().map(Row::approval).toList();
    }
  }

  private static void filter(
      StringBuilder sql, List<String> values, String column, @Nullable String value) {
    if (value != null) {
      sql.append(" AND ").append(column).append(" = ?");
      values.add(StoredText.readable(value));
    }
  }

  private static List<Row> rows(PreparedStatement query) throws SQLException {
    List<Row> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(new Row(StoredJson.read(rows.getString(1), ApprovalJson::read), rows.getLong(2)));
      }
    }
    return found;
  }

  private static String line(Approval approval) {
    return JsonWriter.toText(ApprovalJson.of(approval));
  }

  private static String exact(ApprovalBinding call) {
    return hash(call.chainId(), call.argumentsSha256(), call.tool());
  }

  private static String cover(ApprovalBinding call) {
    return call.coverSha256().isEmpty()
        ? ""
        : hash(call.chainId(), "cover " + call.coverSha256(), call.tool());
  }

  private static String hash(String chainId, String arguments, String tool) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(
                      (chainId + '\n' + arguments + '\n' + tool).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
