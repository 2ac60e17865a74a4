package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.feed.Mirror;
import app.intentgate.jdbc.revocation.KillSwitchRows.Row;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kill switches in memory, released ones included. Asking takes no lock. */
final class KillSwitchTopic implements FeedTopic {
  static final String NAME = "kill_switches";

  private record Key(Scope scope, String tenant, String agent) {}

  private static final Key GLOBAL = new Key(Scope.GLOBAL, "", "");

  private final Mirror<Key, Row> rows = new Mirror<>(Row::version);

  @Nullable KillSwitchEntry engaged(String tenant, String agent) {
    if (rows.isEmpty()) {
      return null;
    }
    KillSwitchEntry found = null;
    if (!tenant.isEmpty()) {
      found = agent.isEmpty() ? null : engaged(new Key(Scope.AGENT, tenant, agent));
      if (found == null) {
        found = engaged(new Key(Scope.TENANT, tenant, ""));
      }
    }
    return found != null ? found : engaged(GLOBAL);
  }

  private @Nullable KillSwitchEntry engaged(Key key) {
    Row row = rows.get(key);
    return row != null && row.engaged() ? row.entry() : null;
  }

  /** One that is committed; an older version than what is known changes nothing. */
  void put(Row row) {
    rows.put(keyOf(row.entry()), row);
  }

  private static Key keyOf(KillSwitchEntry entry) {
    return new Key(entry.scope(), entry.tenant(), entry.agent());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void reload(Connection connection) throws SQLException {
    rows.reload(
        () -> {
          Map<Key, Row> there = new HashMap<>();
          KillSwitchRows.after(connection, 0).forEach(row -> there.put(keyOf(row.entry()), row));
          return there;
        });
  }

  @Override
  public long follow(Connection connection, long after) throws SQLException {
    long newest = after;
    List<Row> changed = KillSwitchRows.after(connection, after);
    for (Row row : changed) {
      put(row);
      newest = Math.max(newest, row.version());
    }
    return newest;
  }
}
