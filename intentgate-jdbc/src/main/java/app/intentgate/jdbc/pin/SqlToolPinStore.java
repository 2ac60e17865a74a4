package app.intentgate.jdbc.pin;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.pin.PinRows.Row;
import app.intentgate.pin.ToolPin;
import app.intentgate.pin.ToolPinStore;
import java.sql.Connection;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Pins of tools in a database, asked from memory: a tool quarantined or accepted on one gate is so
 * on all. Thread-safe.
 */
public final class SqlToolPinStore implements ToolPinStore {
  private final Database database;
  private final Offload offload;
  private final PinTopic memory = new PinTopic();

  /**
   * A store.
   *
   * @param offload where it writes
   */
  public SqlToolPinStore(Database database, Offload offload) {
    this.database = database;
    this.offload = offload;
  }

  /** What the feed has to follow for this store. */
  public FeedTopic topic() {
    return memory;
  }

  @Override
  public @Nullable ToolPin find(ToolPin.Key key) {
    return memory.find(key);
  }

  @Override
  public List<ToolPin> list(@Nullable String upstream) {
    return memory.list(upstream);
  }

  @Override
  public CompletionStage<Boolean> replace(@Nullable ToolPin expected, ToolPin next) {
    if (expected != null && !expected.key().equals(next.key())) {
      return CompletableFuture.completedFuture(false);
    }
    // As the database gives it back, so that what is read compares as what was written.
    ToolPin stored =
        new ToolPin(
            next.upstream(),
            next.tool(),
            next.seen(),
            next.accepted(),
            next.status(),
            next.firstSeen().truncatedTo(ChronoUnit.MICROS));
    return offload.run(
        () -> {
          Row row =
              database.write(
                  handle -> {
                    Connection connection = handle.getConnection();
                    long version = FeedHeads.hold(connection, PinTopic.NAME);
                    boolean changed =
                        expected == null
                            ? PinRows.insert(connection, stored, version)
                            : PinRows.replace(connection, expected, stored, version);
                    return new Row(
                        stored,
                        changed
                            ? FeedHeads.next(connection, database.dialect(), PinTopic.NAME)
                            : 0);
                  });
          if (row.version() == 0) {
            return false;
          }
          memory.put(row);
          return true;
        });
  }
}
