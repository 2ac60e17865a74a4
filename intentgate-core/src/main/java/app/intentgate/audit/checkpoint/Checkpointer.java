package app.intentgate.audit.checkpoint;

import app.intentgate.audit.AuditStore;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.StoredEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Signs where every chain stands: after so many events, after so long, and when the gate stops.
 * Whoever runs it calls {@link #run} about once a second, on a thread that may block.
 */
public final class Checkpointer implements AutoCloseable {
  private final AuditStore audit;
  private final CheckpointStore store;
  private final CheckpointKey key;
  private final Clock clock;
  private final Pace pace;
  private final List<Consumer<Checkpoint>> copies;
  private final Map<String, Checkpoint> last = new HashMap<>();

  /**
   * When to sign.
   *
   * @param events after so many events of a chain
   * @param time after so long, when a chain grew at all
   */
  public record Pace(long events, Duration time) {}

  /**
   * A checkpointer; its key is published at once.
   *
   * @param copies told of every checkpoint after it was kept, so that a copy lies where the owner
   *     of the store does not reach; one that fails says so itself and throws nothing
   */
  public Checkpointer(
      AuditStore audit,
      CheckpointStore store,
      CheckpointKey key,
      Clock clock,
      Pace pace,
      List<Consumer<Checkpoint>> copies) {
    this.audit = audit;
    this.store = store;
    this.key = key;
    this.clock = clock;
    this.pace = pace;
    this.copies = List.copyOf(copies);
    store.publish(key.publicHalf());
  }

  /** The key it signs with. */
  public CheckpointKey key() {
    return key;
  }

  /** Where the checkpoints are. */
  public CheckpointStore store() {
    return store;
  }

  /** Signs what is due. */
  public synchronized void run() {
    sign(false);
  }

  /** Signs where every chain stands that grew since. */
  @Override
  public synchronized void close() {
    sign(true);
  }

  /**
   * Signs one event as the place where its chain stands, for whoever takes a copy up to it; the
   * caller knows that it is the last of its chain, or was when the copying began.
   */
  public Checkpoint sign(String chain, StoredEvent event) {
    return key.sign(chain, event.seq(), event.hash(), clock.instant());
  }

  private void sign(boolean all) {
    Instant now = clock.instant();
    for (ChainHead head : audit.heads()) {
      Checkpoint before = last.get(head.chain());
      long since = before == null ? 0 : before.sequence();
      boolean grew = head.seq() > since;
      boolean due =
          all
              || before == null
              || head.seq() - since >= pace.events()
              || !now.isBefore(before.at().plus(pace.time()));
      if (grew && due) {
        sign(head, now);
      }
    }
  }

  private void sign(ChainHead head, Instant now) {
    Checkpoint checkpoint = key.sign(head.chain(), head.seq(), head.hash(), now);
    store.append(checkpoint);
    last.put(head.chain(), checkpoint);
    copies.forEach(copy -> copy.accept(checkpoint));
  }
}
