package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.feed.Freshness;
import app.intentgate.jdbc.revocation.KillSwitchRows.Row;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.KillSwitchStore;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kill switches in a database, asked from memory as revocations are. Thread-safe; {@link #list}
 * blocks.
 */
public final class SqlKillSwitchStore implements KillSwitchStore {
  private final Database database;
  private final Offload offload;
  private final Supplier<Freshness> freshness;
  private final KillSwitchTopic memory = new KillSwitchTopic();

  /**
   * A store.
   *
   * @param offload where it writes
   * @param freshness whether memory may be relied on
   */
  public SqlKillSwitchStore(Database database, Offload offload, Supplier<Freshness> freshness) {
    this.database = database;
    this.offload = offload;
    this.freshness = freshness;
  }

  /** What the feed has to follow for this store. */
  public FeedTopic topic() {
    return memory;
  }

  @Override
  public @Nullable KillSwitchEntry engaged(String tenant, String agent) {
    freshness.get().require();
    return memory.engaged(tenant, agent);
  }

  @Override
  public CompletionStage<KillSwitchEntry> engage(KillSwitchEntry entry) {
    return offload.run(
        () -> {
          Row row =
              database.write(
                  handle -> {
                    Connection connection = handle.getConnection();
                    long version = FeedHeads.hold(connection, KillSwitchTopic.NAME);
                    Row stands = KillSwitchRows.engage(connection, entry, version);
                    if (stands.version() == version) {
                      var unused =
                          FeedHeads.next(connection, database.dialect(), KillSwitchTopic.NAME);
                    }
                    return stands;
                  });
          memory.put(row);
          return row.entry();
        });
  }

  @Override
  public CompletionStage<Boolean> release(Scope scope, String tenant, String agent) {
    return offload.run(
        () -> {
          List<Row> released =
              database.write(
                  handle -> {
                    Connection connection = handle.getConnection();
                    List<Row> rows =
                        KillSwitchRows.release(
                            connection,
                            scope,
                            scope == Scope.GLOBAL ? "" : tenant,
                            scope == Scope.AGENT ? agent : "",
                            FeedHeads.hold(connection, KillSwitchTopic.NAME));
                    if (!rows.isEmpty()) {
                      var unused =
                          FeedHeads.next(connection, database.dialect(), KillSwitchTopic.NAME);
                    }
                    return rows;
                  });
          released.forEach(memory::put);
          return !released.isEmpty();
        });
  }

  @Override
  public List<KillSwitchEntry> list(@Nullable String tenant) {
    return database.read(handle -> KillSwitchRows.engaged(handle.getConnection(), tenant));
  }
}
