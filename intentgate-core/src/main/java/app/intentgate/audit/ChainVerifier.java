package app.intentgate.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the events of one chain for a store that has them as objects, in the order of their
 * numbers. Constant memory; not thread-safe.
 */
public final class ChainVerifier {
  private final ChainWalk walk;
  private final EventMembers row = new EventMembers();
  private long count;

  /**
   * A verifier for a chain.
   *
   * @param from the earliest time that counts, inclusive; null for no limit
   * @param to the latest time that counts, inclusive; null for no limit
   */
  public ChainVerifier(String chain, @Nullable Instant from, @Nullable Instant to) {
    this.walk = new ChainWalk(chain, new ChainHasher(), new TimeWindow(from, to));
  }

  /** Takes the first event's link as it stands, and gives the reason in the report (B28). */
  public ChainVerifier trustingFirst(String why) {
    walk.trustingFirst(why);
    return this;
  }

  /** Wants the chain to reach a head, and to have its hash there; null for none. */
  public ChainVerifier remembering(@Nullable ChainHead head) {
    walk.remembering(head == null ? List.of() : List.of(head));
    return this;
  }

  /** Verifies the next event. */
  public void accept(StoredEvent event) {
    byte[] line = EventJson.bytes(event);
    count++;
    if (EventLine.scan(line, 0, line.length, row)) {
      walk.row(row, 0);
    } else {
      walk.unreadable(
          new BrokenEvent(
              BrokenEvent.Break.UNREADABLE,
              event.seq(),
              0,
              event.event().at(),
              event.hash(),
              "",
              "event " + count + " cannot be written in the form that events are stored in"));
    }
  }

  /** What was found. */
  public VerificationReport report() {
    return walk.report();
  }
}
