package app.intentgate.memory;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import java.util.List;
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
  final @Nullable Long expiresAt;
  final ReentrantLock lock = new ReentrantLock();
  private final RateWindow window = new RateWindow(BudgetStore.RATE_WINDOW_MILLIS);
  private long used;
  private long durable;
  private long recorded;
  private @Nullable CompletionStage<Void> recording;

  BudgetCounter(CounterName name, @Nullable Long expiresAt) {
    this.name = name;
    this.expiresAt = expiresAt;
  }

  /** What the counter would stand at. */
  long wouldBe(Charge charge, long nowMillis) {
    long now = charge.kind() == Kind.RATE ? window.sum(nowMillis) : used;
    return saturatingAdd(now, charge.amount());
  }

  /** Counts a charge; the stage to wait for before it may be relied on, or null for none. */
  @Nullable CompletionStage<Void> add(
      Charge charge, long nowMillis, @Nullable BudgetJournal journal) {
    if (charge.kind() == Kind.RATE) {
      window.add(nowMillis, charge.amount());
      return journal == null ? null : journal.record(entry(charge.amount(), nowMillis));
    }
    used = saturatingAdd(used, charge.amount());
    if (journal == null || used <= durable) {
      return null;
    }
    CompletionStage<Void> waiting = recording;
    if (used <= recorded && waiting != null) {
      return waiting;
    }
    long left = charge.max() - used;
    long granted = used + Math.min(MAX_AHEAD, left / 8);
    CompletionStage<Void> write = journal.record(entry(granted, 0));
    recorded = granted;
    recording = write;
    // Attached last: a write that has failed already must find, and undo, what was just noted.
    write.whenComplete((done, failure) -> settle(granted, failure));
    return write;
  }

  private void settle(long granted, @Nullable Throwable failure) {
    lock.lock();
    try {
      if (failure == null) {
        durable = Math.max(durable, granted);
      } else {
        recorded = durable;
        recording = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a charge back that could not be made durable; a rate stays charged for its minute. */
  void refund(Charge charge) {
    if (charge.kind() != Kind.RATE) {
      used -= charge.amount();
    }
  }

  void restore(BudgetJournal.Entry entry) {
    if (entry.kind() == Kind.RATE) {
      window.add(entry.atMillis(), entry.granted());
    } else {
      // The last word counts: an orderly end records less than was granted ahead.
      used = entry.granted();
      durable = entry.granted();
      recorded = entry.granted();
    }
  }

  /**
   * Adds what the counter stands at.
   *
   * @param granted whether what was recorded ahead counts as used, as it must while it may still be
   *     used without being recorded again
   */
  void snapshot(long nowMillis, boolean granted, List<BudgetJournal.Entry> into) {
    lock.lock();
    try {
      if (name.kind() == Kind.RATE) {
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
