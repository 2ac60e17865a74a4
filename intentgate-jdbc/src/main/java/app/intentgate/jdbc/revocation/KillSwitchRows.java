package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.StoredText;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ig_kill_switches}. */
final class KillSwitchRows {
  private static final String COLUMNS =
      "tenant, scope, agent, engaged, reason, set_us, set_by, version";

  /**
   * An engaged switch keeps its time, a released one gets a new one; one that is engaged so already
   * is not changed, and not returned.
   */
  private static final String ENGAGE =
      """
      INSERT INTO ig_kill_switches (%s) VALUES (?, ?, ?, TRUE, ?, ?, ?, ?)
      ON CONFLICT (tenant, scope, agent) DO UPDATE SET
        set_us = CASE WHEN ig_kill_switches.engaged
                 THEN ig_kill_switches.set_us ELSE excluded.set_us END,
        engaged = TRUE, reason = excluded.reason, set_by = excluded.set_by,
        version = excluded.version
        WHERE NOT ig_kill_switches.engaged OR ig_kill_switches.reason <> excluded.reason
          OR ig_kill_switches.set_by <> excluded.set_by
      RETURNING %s
      """
          .formatted(COLUMNS, COLUMNS);

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM ig_kill_switches WHERE tenant = ? AND scope = ? AND agent = ?";

  private static final String RELEASE =
      """
      UPDATE ig_kill_switches SET engaged = FALSE, version = ?
      WHERE tenant = ? AND scope = ? AND agent = ? AND engaged
      RETURNING %s
      """
          .formatted(COLUMNS);
  private static final String AFTER =
      "SELECT " + COLUMNS + " FROM ig_kill_switches WHERE version > ?";
  private static final String ENGAGED =
      "SELECT " + COLUMNS + " FROM ig_kill_switches WHERE engaged ORDER BY set_us DESC";

  /** The global switch is of no tenant and stops every one's calls. */
  private static final String ENGAGED_FOR_TENANT =
      "SELECT "
          + COLUMNS
          + " FROM ig_kill_switches WHERE engaged AND (tenant = ? OR scope = 'global')"
          + " ORDER BY set_us DESC";

  private KillSwitchRows() {}

  /**
   * One row.
   *
   * @param entry the switch
   * @param engaged whether it is engaged
   * @param version the change that made it so
   */
  record Row(KillSwitchEntry entry, boolean engaged, long version) {}

  /** Engages one; what stands there then, of an older version when it stood there before. */
  static Row engage(Connection connection, KillSwitchEntry entry, long version)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(ENGAGE);
        PreparedStatement find = connection.prepareStatement(FIND)) {
      for (PreparedStatement statement : List.of(put, find)) {
        statement.setString(1, entry.tenant());
        statement.setString(2, entry.scope().wireName());
        statement.setString(3, entry.agent());
      }
      put.setString(4, StoredText.readable(entry.reason()));
      put.setLong(5, StoredText.micros(entry.setAt()));
      put.setString(6, StoredText.readable(entry.setBy()));
      put.setLong(7, version);
      List<Row> rows = rows(put);
      if (rows.isEmpty()) {
        rows = rows(find);
      }
      if (rows.isEmpty()) {
        throw new SQLException("the kill switch was not stored");
      }
      return rows.get(0);
    }
  }

  /** What became of a switch that was engaged; none if none was. */
  static List<Row> release(
      Connection connection, Scope scope, String tenant, String agent, long version)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RELEASE)) {
      update.setLong(1, version);
      update.setString(2, tenant);
      update.setString(3, scope.wireName());
      update.setString(4, agent);
      return rows(update);
    }
  }

  static List<Row> after(Connection connection, long version) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(AFTER)) {
      query.setLong(1, version);
      return rows(query);
    }
  }

  static List<KillSwitchEntry> engaged(Connection connection, @Nullable String tenant)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(tenant == null ? ENGAGED : ENGAGED_FOR_TENANT)) {
      if (tenant != null) {
        query.setString(1, tenant);
      }
      return rows(query).stream().map(Row::entry).toList();
    }
  }

  private static List<Row> rows(PreparedStatement statement) throws SQLException {
    List<Row> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(
            new Row(
                new KillSwitchEntry(
                    Scope.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                    row.getString(1),
                    row.getString(3),
                    row.getString(5),
                    StoredText.instant(row.getLong(6)),
                    row.getString(7)),
                row.getBoolean(4),
                row.getLong(8)));
      }
    }
    return found;
  }
}
