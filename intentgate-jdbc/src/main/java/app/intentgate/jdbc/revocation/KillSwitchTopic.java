package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.feed.MirroredTopic;
import app.intentgate.jdbc.revocation.KillSwitchRows.Row;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kill switches in memory, released ones included. Asking takes no lock. */
final class KillSwitchTopic extends MirroredTopic<KillSwitchTopic.Key, Row> {
  static final String NAME = "kill_switches";

  record Key(Scope scope, String tenant, String agent) {}

  private static final Key GLOBAL = new Key(Scope.GLOBAL, "", "");

  KillSwitchTopic() {
    super(NAME, Row::version);
  }

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

  @Override
  protected Key keyOf(Row row) {
    return new Key(row.entry().scope(), row.entry().tenant(), row.entry().agent());
  }

  @Override
  protected List<Row> after(Connection connection, long version) throws SQLException {
    return KillSwitchRows.after(connection, version);
  }
}
