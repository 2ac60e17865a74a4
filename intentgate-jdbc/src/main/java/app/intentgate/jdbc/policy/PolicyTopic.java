package app.intentgate.jdbc.policy;

import app.intentgate.jdbc.feed.FeedTopic;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells watchers whose slot changed; holds none itself. */
final class PolicyTopic implements FeedTopic {
  static final String NAME = "policies";

  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

  void add(Consumer<String> watcher) {
    watchers.add(watcher);
  }

  void remove(Consumer<String> watcher) {
    watchers.remove(watcher);
  }

  void tell(String tenant) {
    watchers.forEach(watcher -> watcher.accept(tenant));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void reload(Connection connection) throws SQLException {
    SlotRows.after(connection, 0, (tenant, version) -> tell(tenant));
  }

  @Override
  public long follow(Connection connection, long after) throws SQLException {
    long[] newest = {after};
    SlotRows.after(
        connection,
        after,
        (tenant, version) -> {
          tell(tenant);
          newest[0] = version;
        });
    return newest[0];
  }
}
