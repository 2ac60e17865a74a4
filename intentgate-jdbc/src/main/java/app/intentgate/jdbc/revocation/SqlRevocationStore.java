package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.feed.Freshness;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Revocations in a database. Asked from memory, which the feed keeps up to date; while it cannot,
 * every question fails. A revocation is in force on this gate when its stage is complete, on the
 * others a moment later. Thread-safe; {@link #list} blocks.
 */
public final class SqlRevocationStore implements RevocationStore {
  private final Database database;
  private final Offload offload;
  private final Supplier<Freshness> freshness;
  private final RevocationTopic memory = new RevocationTopic();

  /**
   * A store.
   *
   * @param offload where it writes
   * @param freshness whether memory may be relied on
   */
  public SqlRevocationStore(Database database, Offload offload, Supplier<Freshness> freshness) {
    this.database = database;
    this.offload = offload;
    this.freshness = freshness;
  }

  /** What the feed has to follow for this store. */
  public FeedTopic topic() {
    return memory;
  }

  @Override
  public boolean isRevoked(String tenant, String id) {
    freshness.get().require();
    return memory.isRevoked(tenant, id);
  }

  @Override
  public boolean listsChainIds() {
    freshness.get().require();
    return memory.listsChainIds();
  }

  @Override
  public CompletionStage<Revocation> revoke(Revocation revocation) {
    return offload.run(
        () -> {
          RevocationRows.Row row =
              database.write(
                  handle -> {
                    Connection connection = handle.getConnection();
                    long version = FeedHeads.hold(connection, RevocationTopic.NAME);
                    RevocationRows.Row stands = RevocationRows.put(connection, revocation, version);
                    if (stands.version() == version) {
                      var unused =
                          FeedHeads.next(connection, database.dialect(), RevocationTopic.NAME);
                    }
                    return stands;
                  });
          Revocation stands = row.revocation();
          memory.add(stands.tenant(), stands.id(), row.version());
          return stands;
        });
  }

  @Override
  public List<Revocation> list(@Nullable String tenant, int limit, int offset) {
    return database.read(
        handle -> RevocationRows.list(handle.getConnection(), tenant, limit, offset));
  }
}
