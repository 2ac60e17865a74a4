package app.intentgate.jdbc.operator;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.feed.Freshness;
import app.intentgate.jdbc.operator.OperatorRows.Row;
import app.intentgate.operator.LastUses;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorStore;
import app.intentgate.store.Stages;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operators' accounts in a database, asked from memory: an account revoked on one gate is so on
 * all. When an account last signed in is written behind, at most once a minute for each by each
 * gate, and what other gates wrote is read with {@link #list}. Thread-safe; {@link #list} blocks.
 */
public final class SqlOperatorStore implements OperatorStore {
  private static final System.Logger LOG = System.getLogger(SqlOperatorStore.class.getName());

  private final Database database;
  private final Offload offload;
  private final Supplier<Freshness> freshness;
  private final OperatorTopic memory = new OperatorTopic();
  private final LastUses uses = new LastUses();

  /**
   * A store.
   *
   * @param offload where it writes
   * @param freshness whether memory may be relied on
   */
  public SqlOperatorStore(Database database, Offload offload, Supplier<Freshness> freshness) {
    this.database = database;
    this.offload = offload;
    this.freshness = freshness;
  }

  /** What the feed has to follow for this store. */
  public FeedTopic topic() {
    return memory;
  }

  @Override
  public @Nullable OperatorAccount find(String id) {
    freshness.get().require();
    return memory.find(id);
  }

  @Override
  public CompletionStage<Void> create(OperatorAccount account) {
    OperatorAccount stored = inMicros(account);
    return offload.run(
        () -> {
          boolean made =
              write(
                  (connection, version) -> OperatorRows.insert(connection, stored, version),
                  stored);
          if (!made) {
            throw new IllegalArgumentException("there is an operator " + account.id() + " already");
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Boolean> replace(OperatorAccount expected, OperatorAccount next) {
    OperatorAccount stored = inMicros(next);
    return offload.run(
        () ->
            write(
                (connection, version) ->
                    OperatorRows.replace(connection, expected, stored, version),
                stored));
  }

  private interface Change {
    boolean apply(Connection connection, long version) throws SQLException;
  }

  private boolean write(Change change, OperatorAccount stored) {
    Row row =
        database.write(
            handle -> {
              Connection connection = handle.getConnection();
              long version = FeedHeads.hold(connection, OperatorTopic.NAME);
              return change.apply(connection, version)
                  ? new Row(
                      stored, FeedHeads.next(connection, database.dialect(), OperatorTopic.NAME))
                  : new Row(stored, 0);
            });
    if (row.version() == 0) {
      return false;
    }
    memory.put(row);
    return true;
  }

  /** As the database gives it back, so that what is read compares as what was written. */
  private static OperatorAccount inMicros(OperatorAccount a) {
    OperatorAccount.Previous previous = a.previous();
    return new OperatorAccount(
        a.id(),
        a.name(),
        a.role(),
        a.tenant(),
        a.subject(),
        a.createdAt().truncatedTo(ChronoUnit.MICROS),
        micros(a.expiresAt()),
        micros(a.revokedAt()),
        a.token(),
        previous == null
            ? null
            : new OperatorAccount.Previous(
                previous.token(), previous.until().truncatedTo(ChronoUnit.MICROS)));
  }

  private static @Nullable Instant micros(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public void used(String id, Instant at) {
    OperatorAccount account = memory.find(id);
    if (account != null && uses.note(id, at)) {
      Stages.recover(
          offload.run(
              () ->
                  database.write(
                      handle -> {
                        OperatorRows.used(handle.getConnection(), account, at);
                        return true;
                      })),
          failure -> {
            LOG.log(
                System.Logger.Level.WARNING,
                "when operator {0} signed in could not be kept: {1}",
                id,
                failure.getMessage());
            return false;
          });
    }
  }

  @Override
  public @Nullable Instant lastUsed(String id) {
    return uses.last(id);
  }

  @Override
  public List<OperatorAccount> list(@Nullable String tenant) {
    return database
        .read(
            handle -> {
              uses.merge(OperatorRows.uses(handle.getConnection(), tenant));
              return tenant == null
                  ? OperatorRows.after(handle.getConnection(), 0)
                  : OperatorRows.ofTenant(handle.getConnection(), tenant);
            })
        .stream()
        .map(Row::account)
        .sorted(Comparator.comparing(OperatorAccount::createdAt).thenComparing(OperatorAccount::id))
        .toList();
  }
}
