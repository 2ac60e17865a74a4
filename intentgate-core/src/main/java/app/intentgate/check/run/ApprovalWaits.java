package app.intentgate.check.run;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.check.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a human, {@value #MAX_HELD} at the most. None of them holds a thread: the
 * store's notification, the one timer, or whoever leaves completes a stage, and the call goes on on
 * the executor. Thread-safe.
 */
public final class ApprovalWaits implements ApprovalListener, AutoCloseable {
  /** How many calls are held at the most; one takes about four kilobytes. */
  public static final int MAX_HELD = 50_000;

  private static final Duration EXPIRY_PAUSE = Duration.ofSeconds(1);
  private static final System.Logger LOG = System.getLogger(ApprovalWaits.class.getName());

  private final ApprovalStore store;
  private final Clock clock;
  private final Executor executor;
  private final int maxHeld;
  private final Map<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ScheduledThreadPoolExecutor timer;
  private final @Nullable ApprovalExpiry expiry;
  private volatile boolean closed;

  /** Why a wait ended. */
  public enum End {
    /** The row was decided, used, made void, or ran out of time: look at it again. */
    CHANGED,
    /** The caller's patience ended, or so many wait already that the gate has none for it. */
    IMPATIENT,
    /** The caller left. */
    LEFT,
    /** The gate stops. */
    STOPPED
  }

  /**
   * Calls that wait for rows of a store.
   *
   * @param executor where calls go on
   * @param expires whether rows whose time ran out are marked from here, see {@link ApprovalExpiry}
   */
  public ApprovalWaits(ApprovalStore store, Clock clock, Executor executor, boolean expires) {
    this(store, clock, executor, MAX_HELD, expires ? EXPIRY_PAUSE : null);
  }

  ApprovalWaits(
      ApprovalStore store,
      Clock clock,
      Executor executor,
      int maxHeld,
      @Nullable Duration expiryPause) {
    this.maxHeld = maxHeld;
    this.store = store;
    this.clock = clock;
    this.executor = executor;
    this.timer = new ScheduledThreadPoolExecutor(1, ApprovalWaits::daemon);
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    this.expiry = expiryPause == null ? null : new ApprovalExpiry(store, clock, timer, expiryPause);
    store.watch(this);
    if (expiry != null) {
      expiry.start();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-approvals");
    thread.setDaemon(true);
    return thread;
  }

  private static final class Waiter extends CompletableFuture<End> {
    private final String id;
    private final String tenant;
    private volatile @Nullable Future<?> alarm;

    Waiter(Approval row) {
      this.id = row.id();
      this.tenant = row.binding().tenant();
    }
  }

  /** How many calls wait now. */
  public int waiting() {
    return count.get();
  }

  /** Waits until the row changes, its time runs out, or the caller does not wait any more. */
  public CompletionStage<End> hold(String callId, Approval row, Patience patience) {
    Duration patient = patience.remaining(callId, row);
    if (patience.hasLeft() || closed || patient.isZero()) {
      End end = patience.hasLeft() ? End.LEFT : closed ? End.STOPPED : End.IMPATIENT;
      return CompletableFuture.completedFuture(end);
    }
    // Rows are bounded by their store, but any number of equal calls wait for one of them.
    if (count.incrementAndGet() > maxHeld) {
      count.decrementAndGet();
      return CompletableFuture.completedFuture(End.IMPATIENT);
    }
    Waiter waiter = new Waiter(row);
    add(waiter);
    Duration inTime = Duration.between(clock.instant(), row.expiresAt());
    boolean rowFirst = inTime.compareTo(patient) <= 0;
    schedule(waiter, rowFirst ? inTime : patient, rowFirst ? End.CHANGED : End.IMPATIENT);
    patience.left().thenRun(() -> waiter.complete(End.LEFT));
    // What happened between the look at the row and the wait is seen here.
    lookAgain(row.id(), row.binding().tenant());
    if (closed) {
      waiter.complete(End.STOPPED);
    }
    return waiter.whenComplete((end, failure) -> remove(waiter)).thenApplyAsync(e -> e, executor);
  }

  private void schedule(Waiter waiter, Duration after, End end) {
    long nanos = Math.max(1, after.toNanos());
    try {
      waiter.alarm = timer.schedule(() -> waiter.complete(end), nanos, TimeUnit.NANOSECONDS);
    } catch (java.util.concurrent.RejectedExecutionException e) {
      waiter.complete(End.STOPPED);
    }
  }

  private void add(Waiter waiter) {
    waiters.compute(
        waiter.id,
        (id, set) -> {
          Set<Waiter> all = set == null ? new HashSet<>(2) : set;
          all.add(waiter);
          return all;
        });
  }

  private void remove(Waiter waiter) {
    count.decrementAndGet();
    waiters.computeIfPresent(
        waiter.id,
        (id, set) -> {
          set.remove(waiter);
          return set.isEmpty() ? null : set;
        });
    Future<?> alarm = waiter.alarm;
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  private List<Waiter> of(String id) {
    List<Waiter> out = new ArrayList<>();
    waiters.computeIfPresent(
        id,
        (k, set) -> {
          out.addAll(set);
          return set;
        });
    return out;
  }

  @Override
  public void changed(Approval row) {
    if (row.status() == Status.PENDING && row.voidReason() == null) {
      mayExpire();
      return;
    }
    for (Waiter waiter : of(row.id())) {
      waiter.complete(End.CHANGED);
    }
  }

  private void mayExpire() {
    if (expiry != null) {
      expiry.wake();
    }
  }

  @Override
  public void missed() {
    mayExpire();
    for (String id : List.copyOf(waiters.keySet())) {
      of(id).stream().findFirst().ifPresent(waiter -> lookAgain(id, waiter.tenant));
    }
  }

  /** A store that cannot say is asked again at the deadline at the latest. */
  private void lookAgain(String id, String tenant) {
    try {
      store.find(id, tenant).thenAccept((Optional<Approval> row) -> row.ifPresent(this::changed));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a row that a call waits for cannot be read", e);
    }
  }

  /**
   * Ends every wait, and lets none begin: the calls are answered as still pending. Marks no more
   * rows.
   */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    for (String id : List.copyOf(waiters.keySet())) {
      of(id).forEach(waiter -> waiter.complete(End.STOPPED));
    }
  }
}
