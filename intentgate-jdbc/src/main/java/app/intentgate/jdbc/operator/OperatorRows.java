package app.intentgate.jdbc.operator;

import app.intentgate.jdbc.StoredText;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.Role;
import app.intentgate.operator.TokenHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ig_operators}. */
final class OperatorRows {
  private static final String COLUMNS =
      "id, tenant, name, role, subject, created_us, expires_us, revoked_us, token_sha256,"
          + " previous_sha256, previous_us, version";
  private static final String INSERT =
      "INSERT INTO ig_operators ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

  /** What can change of an account is what is compared. */
  private static final String REPLACE =
      """
      UPDATE ig_operators
      SET revoked_us = ?, token_sha256 = ?, previous_sha256 = ?, previous_us = ?, version = ?
      WHERE tenant = ? AND id = ? AND token_sha256 = ? AND COALESCE(revoked_us, 0) = ?
        AND COALESCE(previous_sha256, '') = ?
      """;

  private static final String AFTER =
      "SELECT " + COLUMNS + " FROM ig_operators WHERE version > ? ORDER BY version";
  private static final String OF_TENANT =
      "SELECT " + COLUMNS + " FROM ig_operators WHERE tenant = ?";

  private static final String USED =
      "UPDATE ig_operators SET used_us = ? WHERE tenant = ? AND id = ? AND used_us < ?";
  private static final String USES = "SELECT id, used_us FROM ig_operators WHERE used_us > 0";
  private static final String USES_OF_TENANT = USES + " AND tenant = ?";

  private OperatorRows() {}

  /**
   * One row.
   *
   * @param account the account
   * @param version the change that made it so
   */
  record Row(OperatorAccount account, long version) {}

  static boolean insert(Connection connection, OperatorAccount account, long version)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, account.id());
      insert.setString(2, StoredText.readable(account.tenant()));
      insert.setString(3, StoredText.readable(account.name()));
      insert.setString(4, account.role().wireName());
      insert.setString(5, StoredText.readable(account.subject()));
      insert.setLong(6, StoredText.micros(account.createdAt()));
      time(insert, 7, account.expiresAt());
      time(insert, 8, account.revokedAt());
      insert.setString(9, account.token().toHex());
      previous(insert, 10, account.previous());
      insert.setLong(12, version);
      return insert.executeUpdate() == 1;
    }
  }

  static boolean replace(
      Connection connection, OperatorAccount expected, OperatorAccount next, long version)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(REPLACE)) {
      time(update, 1, next.revokedAt());
      update.setString(2, next.token().toHex());
      previous(update, 3, next.previous());
      update.setLong(5, version);
      update.setString(6, StoredText.readable(expected.tenant()));
      update.setString(7, expected.id());
      update.setString(8, expected.token().toHex());
      Instant revoked = expected.revokedAt();
      update.setLong(9, revoked == null ? 0 : StoredText.micros(revoked));
      OperatorAccount.Previous previous = expected.previous();
      update.setString(10, previous == null ? "" : previous.token().toHex());
      return update.executeUpdate() == 1;
    }
  }

  /** Notes when an account signed in last; an earlier time changes nothing. */
  static void used(Connection connection, OperatorAccount account, Instant at) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(USED)) {
      update.setLong(1, StoredText.micros(at));
      update.setString(2, StoredText.readable(account.tenant()));
      update.setString(3, account.id());
      update.setLong(4, StoredText.micros(at));
      update.executeUpdate();
    }
  }

  /** When the accounts of a tenant, or all for null, signed in last. */
  static Map<String, Instant> uses(Connection connection, @Nullable String tenant)
      throws SQLException {
    Map<String, Instant> uses = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(tenant == null ? USES : USES_OF_TENANT)) {
      if (tenant != null) {
        query.setString(1, StoredText.readable(tenant));
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          uses.put(row.getString(1), StoredText.instant(row.getLong(2)));
        }
      }
    }
    return uses;
  }

  static List<Row> after(Connection connection, long version) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(AFTER)) {
      query.setLong(1, version);
      return rows(query);
    }
  }

  static List<Row> ofTenant(Connection connection, String tenant) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_TENANT)) {
      query.setString(1, StoredText.readable(tenant));
      return rows(query);
    }
  }

  private static List<Row> rows(PreparedStatement query) throws SQLException {
    List<Row> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(new Row(account(row), row.getLong(12)));
      }
    }
    return found;
  }

  private static OperatorAccount account(ResultSet row) throws SQLException {
    String previous = row.getString(10);
    Instant until = instant(row, 11);
    return new OperatorAccount(
        row.getString(1),
        row.getString(3),
        Role.of(row.getString(4)),
        row.getString(2),
        row.getString(5),
        StoredText.instant(row.getLong(6)),
        instant(row, 7),
        instant(row, 8),
        TokenHash.parse(row.getString(9)),
        previous == null || until == null
            ? null
            : new OperatorAccount.Previous(TokenHash.parse(previous), until));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : StoredText.instant(micros);
  }

  private static void time(PreparedStatement statement, int at, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(at, Types.BIGINT);
    } else {
      statement.setLong(at, StoredText.micros(time));
    }
  }

  private static void previous(
      PreparedStatement statement, int at, OperatorAccount.@Nullable Previous previous)
      throws SQLException {
    statement.setString(at, previous == null ? null : previous.token().toHex());
    time(statement, at + 1, previous == null ? null : previous.until());
  }
}
