package app.intentgate.jdbc.policy;

import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.policy.lifecycle.PolicyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells watchers whose slot changed; holds none itself. Settled once all have applied it. */
final class PolicyTopic implements FeedTopic {
  static final String NAME = "policies";

  private final List<SlotWatch> watches = new CopyOnWriteArrayList<>();
  private final AtomicLong told = new AtomicLong();

  /** One watcher, and how much of what it was told it has applied. */
  private final class SlotWatch implements PolicyStore.Watch {
    private final Consumer<String> watcher;
    private final AtomicLong applied = new AtomicLong(told.get());

    SlotWatch(Consumer<String> watcher) {
      this.watcher = watcher;
    }

    @Override
    public long told() {
      return told.get();
    }

    @Override
    public void applied(long upTo) {
      applied.accumulateAndGet(upTo, Math::max);
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }

  PolicyStore.Watch add(Consumer<String> watcher) {
    SlotWatch watch = new SlotWatch(watcher);
    watches.add(watch);
    return watch;
  }

  void tell(String tenant) {
    told.incrementAndGet();
    watches.forEach(watch -> watch.watcher.accept(tenant));
  }

  @Override
  public boolean isSettled() {
    long all = told.get();
    for (SlotWatch watch : watches) {
      if (watch.applied.get() < all) {
        return false;
      }
    }
    return true;
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
