package app.intentgate.memory;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One counter: a sum over a life, or what happened in the last minute. Everything but the final
 * fields is guarded by {@link #lock}.
 */
final class BudgetCounter {
  /** Never more than this is recorded ahead: it is what a crash can cost the caller. */
  private static final long MAX_AHEAD = 1024;

  final CounterName name;
  final ReentrantLock lock = new ReentrantLock();

  /** Whether it was forgotten, so that whoever found it has to look again. */
  boolean gone;

  /** What happened in the last minute, for a rate. */
  private final @Nullable RateWindow window;

  private @Nullable Long expiresAt;

  /** Whether the journal knows for how long the counter is kept. */
  private boolean endRecorded = true;

  private long used;
  private long durable;
  private long recorded;
  private @Nullable CompletionStage<Void> recording;

  BudgetCounter(CounterName name, @Nullable Long expiresAt) {
    this.name = name;
    this.expiresAt = expiresAt;
    this.window = name.kind() == Kind.RATE ? new RateWindow(BudgetStore.RATE_WINDOW_MILLIS) : null;
  }

  /** Keeps it for as long as the charge says, if that is longer than so far. */
  void keepFor(Charge charge) {
    Long later = later(expiresAt, charge.expiresAt());
    if (!Objects.equals(later, expiresAt)) {
      expiresAt = later;
      endRecorded = false;
    }
  }

  private static @Nullable Long later(@Nullable Long a, @Nullable Long b) {
    return a == null || b == null ? null : (Long) Math.max(a, b);
  }

  /** Whether nothing can be granted for its being forgotten. */
  boolean isForgettable(long nowMillis) {
    if (isOver(nowMillis)) {
      return true;
    }
    return window != null ? window.sum(nowMillis) == 0 : used == 0 && recorded == 0 && durable == 0;
  }

  private boolean isOver(long nowMillis) {
    return expiresAt != null && expiresAt < Math.floorDiv(nowMillis, 1000L);
  }

  /** What the counter would stand at. */
  long wouldBe(Charge charge, long nowMillis) {
    long now = window != null ? window.sum(nowMillis) : used;
    return saturatingAdd(now, charge.amount());
  }

  /** Counts a charge; the stage to wait for before it may be relied on, or null for none. */
  @Nullable CompletionStage<Void> add(
      Charge charge, long nowMillis, @Nullable BudgetJournal journal) {
    if (window != null) {
      window.add(nowMillis, charge.amount());
      return journal == null ? null : journal.record(entry(charge.amount(), nowMillis));
    }
    used = saturatingAdd(used, charge.amount());
    if (journal == null || (used <= durable && endRecorded)) {
      return null;
    }
    CompletionStage<Void> waiting = recording;
    if (used <= recorded && waiting != null && endRecorded) {
      return waiting;
    }
    long left = charge.max() - used;
    // The last word counts, so that it is never less than was granted by the one before.
    long granted = Math.max(recorded, used + Math.min(MAX_AHEAD, left / 8));
    CompletionStage<Void> write = journal.record(entry(granted, 0));
    boolean newEnd = !endRecorded;
    recorded = granted;
    recording = write;
    endRecorded = true;
    // Attached last: a write that has failed already must find, and undo, what was just noted.
    write.whenComplete((done, failure) -> settle(granted, newEnd, failure));
    return write;
  }

  private void settle(long granted, boolean newEnd, @Nullable Throwable failure) {
    lock.lock();
    try {
      if (failure == null) {
        durable = Math.max(durable, granted);
      } else {
        recorded = durable;
        recording = null;
        endRecorded &= !newEnd;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a charge back that could not be made durable; a rate stays charged for its minute. */
  void refund(Charge charge) {
    if (window == null) {
      used -= charge.amount();
    }
  }

  void restore(BudgetJournal.Entry entry) {
    expiresAt = later(expiresAt, entry.expiresAt());
    if (window != null) {
      window.add(entry.atMillis(), entry.granted());
    } else {
      // The last word counts: an orderly end records less than was granted ahead.
      used = entry.granted();
      durable = entry.granted();
      recorded = entry.granted();
    }
  }

  /**
   * Adds what the counter stands at, unless nothing can be charged to it any more.
   *
   * @param granted whether what was recorded ahead counts as used, as it must while it may still be
   *     used without being recorded again
   */
  void snapshot(long nowMillis, boolean granted, List<BudgetJournal.Entry> into) {
    lock.lock();
    try {
      if (isOver(nowMillis)) {
        return;
      }
      if (window != null) {
        window.forEach(nowMillis, (at, amount) -> into.add(entry(amount, at)));
      } else {
        long stands = granted ? Math.max(used, durable) : used;
        if (stands > 0) {
          into.add(entry(stands, 0));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private BudgetJournal.Entry entry(long granted, long atMillis) {
    return new BudgetJournal.Entry(
        name.kind(), name.tenant(), name.key(), granted, atMillis, expiresAt);
  }

  private static long saturatingAdd(long a, long b) {
    long s = a + b;
    return s < 0 ? Long.MAX_VALUE : s;
  }
}
