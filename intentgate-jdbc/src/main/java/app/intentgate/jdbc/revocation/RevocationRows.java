package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.StoredText;
import app.intentgate.revocation.Revocation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ig_revocations}. */
final class RevocationRows {
  private static final String COLUMNS = "id, tenant, revoked_us, reason, version";

  /** One that says what stands there already changes nothing and returns nothing. */
  private static final String PUT =
      """
      INSERT INTO ig_revocations (tenant, id, revoked_us, reason, version) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (tenant, id) DO UPDATE SET reason = excluded.reason, version = excluded.version
        WHERE ig_revocations.reason <> excluded.reason
      RETURNING \
      """
          + COLUMNS;

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM ig_revocations WHERE tenant = ? AND id = ?";
  private static final String KEYS =
      "SELECT tenant, id, version FROM ig_revocations WHERE version > ?";
  private static final String LIST =
      """
      SELECT id, tenant, revoked_us, reason FROM ig_revocations
      ORDER BY revoked_us DESC, id LIMIT ? OFFSET ?
      """;
  private static final String LIST_OF_TENANT =
      """
      SELECT id, tenant, revoked_us, reason FROM ig_revocations WHERE tenant = ?
      ORDER BY revoked_us DESC, id LIMIT ? OFFSET ?
      """;

  private RevocationRows() {}

  /** Who is told of each key. */
  @FunctionalInterface
  interface KeyVisitor {
    void key(String tenant, String id, long version);
  }

  /**
   * One row.
   *
   * @param revocation the revocation
   * @param version the change that made it so
   */
  record Row(Revocation revocation, long version) {}

  /** Puts one; what stands there then, of an older version when it stood there before. */
  static Row put(Connection connection, Revocation revocation, long version) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT);
        PreparedStatement find = connection.prepareStatement(FIND)) {
      put.setString(1, revocation.tenant());
      put.setString(2, revocation.id());
      put.setLong(3, StoredText.micros(revocation.revokedAt()));
      put.setString(4, StoredText.readable(revocation.reason()));
      put.setLong(5, version);
      find.setString(1, revocation.tenant());
      find.setString(2, revocation.id());
      for (PreparedStatement statement : List.of(put, find)) {
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            return new Row(read(row), row.getLong(5));
          }
        }
      }
      throw new SQLException("the revocation was not stored");
    }
  }

  static void keysAfter(Connection connection, long version, KeyVisitor visitor)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(KEYS)) {
      query.setLong(1, version);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          visitor.key(rows.getString(1), rows.getString(2), rows.getLong(3));
        }
      }
    }
  }

  static List<Revocation> list(
      Connection connection, @Nullable String tenant, int limit, int offset) throws SQLException {
    List<Revocation> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(tenant == null ? LIST : LIST_OF_TENANT)) {
      int at = 1;
      if (tenant != null) {
        query.setString(at++, tenant);
      }
      query.setInt(at++, limit);
      query.setInt(at, offset);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(read(rows));
        }
      }
    }
    return found;
  }

  private static Revocation read(ResultSet row) throws SQLException {
    return new Revocation(
        row.getString(1), row.getString(2), StoredText.instant(row.getLong(3)), row.getString(4));
  }
}
