package app.intentgate.check.run;

import app.intentgate.approval.ApprovalStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Marks the rows whose time ran out, again and again while rows wait, so that they give their
 * places back. Whoever hears of a new row wakes it; whether one is left is asked at the start and
 * after every {@value #ROUNDS} rounds, and where none is, no timer runs. Ends with its timer.
 * Thread-safe.
 */
final class ApprovalExpiry {
  private static final int ROUNDS = 60;

  private final ApprovalStore store;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final long pauseNanos;
  private final AtomicBoolean awake = new AtomicBoolean();
  private final FaultLog faults = new FaultLog("rows that ran out of time cannot be marked");

  /** Touched by one round at a time. */
  private int rounds;

  ApprovalExpiry(ApprovalStore store, Clock clock, ScheduledExecutorService timer, Duration pause) {
    this.store = store;
    this.clock = clock;
    this.timer = timer;
    this.pauseNanos = pause.toNanos();
  }

  /** The first round, now, for the rows that are there already. */
  void start() {
    if (awake.compareAndSet(false, true)) {
      round();
    }
  }

  /** Rows may wait. */
  void wake() {
    if (awake.compareAndSet(false, true)) {
      next();
    }
  }

  private void next() {
    try {
      var unused = timer.schedule(this::round, pauseNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The gate stops; whatever is left is marked by the next one.
    }
  }

  private void round() {
    CompletionStage<Void> marked;
    try {
      marked = store.expire(clock.instant());
    } catch (RuntimeException e) {
      marked = CompletableFuture.failedFuture(e);
    }
    var unused = marked.whenComplete((done, failure) -> after(failure));
  }

  /** On the thread that has just worked on the store, which may be asked on it. */
  private void after(@Nullable Throwable failure) {
    if (timer.isShutdown()) {
      return;
    }
    boolean askNow = rounds++ % ROUNDS == 0;
    if (failure != null) {
      faults.tell(failure);
    } else if (askNow) {
      // In this order: a row that comes while the store counts wakes it again.
      awake.set(false);
      if (mayWait()) {
        wake();
      }
      return;
    }
    next();
  }

  private boolean mayWait() {
    try {
      return store.waiting(null) > 0;
    } catch (RuntimeException e) {
      faults.tell(e);
      return true;
    }
  }
}
