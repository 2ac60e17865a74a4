package app.intentgate.jdbc.feed;

import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the feed was last known to be up to date. Silent for too long, or cut for longer than a
 * moment, is out of date.
 */
final class FeedClock implements Freshness {
  /** How long a feed that is known to be cut may take to come back. */
  private static final Duration CUT_FOR_AT_MOST = Duration.ofSeconds(1);

  private static final long NOT_CUT = Long.MAX_VALUE;

  private final long staleNanos;
  private final long cutNanos;
  private final LongSupplier nanoTime;
  private volatile long knownAt;
  private volatile long cutAt = NOT_CUT;

  FeedClock(Duration staleAfter, LongSupplier nanoTime) {
    this.staleNanos = staleAfter.toNanos();
    this.cutNanos = Math.min(staleNanos, CUT_FOR_AT_MOST.toNanos());
    this.nanoTime = nanoTime;
    this.knownAt = nanoTime.getAsLong() - staleNanos - 1;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** Everything that was committed before a moment is in memory now. */
  void upToDateAsOf(long nanos) {
    knownAt = nanos;
    cutAt = NOT_CUT;
  }

  /** The connection is gone, as far as is known. */
  void cut() {
    if (cutAt == NOT_CUT) {
      // One that happens to be the mark for not being cut is as good a nanosecond later.
      cutAt = Math.min(now(), NOT_CUT - 1);
    }
  }

  boolean isFresh() {
    long now = now();
    long cut = cutAt;
    return now - knownAt <= staleNanos && (cut == NOT_CUT || now - cut <= cutNanos);
  }

  long ageMillis() {
    return Math.max(0, (now() - knownAt) / 1_000_000);
  }

  @Override
  public void require() {
    if (!isFresh()) {
      throw new StoreUnavailableException(
          "the change feed has said nothing for " + ageMillis() + " ms");
    }
  }
}
