package app.intentgate.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Turns single appends into group commits: one thread drains whatever waits into one batch, makes
 * it durable, and completes the callers' stages on another thread, so that what they do next never
 * delays the next batch. While one batch is being written the next gathers; nothing lingers.
 *
 * <p>Nothing is dropped (B26): an event is durable, or its stage fails with an {@link
 * AuditException}. A stage fails when its batch could not be written, when it waited longer than
 * {@link Limits#maxWait} (one that no batch has taken by then is withdrawn and never written), and
 * at once when {@link Limits#maxPending} others wait. An event that the store can never take fails
 * alone: what came with it is stored without it. Thread-safe.
 */
public final class AuditWriter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());

  private static final long ASK_AGAIN_NANOS = 500_000_000;
  private static final String CLOSED = "the audit store is closed";

  /** Makes batches durable, one at a time and in order; always called by the same thread. */
  @FunctionalInterface
  public interface Committer {
    /**
     * Chains the events and makes all of them durable, or none.
     *
     * @return one stored event for each, in the same order
     * @throws Exception when none was stored; an {@link AuditException} goes to the callers as it
     *     is. With {@link AuditException.Code#EVENT_REFUSED}, which says that some event of the
     *     batch can never be stored, the batch is tried again in halves, until only such events
     *     fail
     */
    List<StoredEvent> commit(List<AuditEvent> batch) throws Exception;

    /**
     * The same, for a committer that may try for long: it asks again and again whether the batch is
     * still wanted, and a last time right before the step that makes it durable. Whatever a caller
     * was answered as not stored is then not stored later (B59).
     */
    default List<StoredEvent> commit(List<AuditEvent> batch, BatchClaim claim) throws Exception {
      return commit(batch);
    }

    /**
     * Whether a batch could be made durable again; asked now and then while nothing waits and the
     * last batch could not. A gate that is asked for nothing, because it is not ready, learns in
     * this way that it is.
     *
     * @return false when that can only be seen from the next batch
     * @throws Exception when it could not
     */
    default boolean isBack() throws Exception {
      return false;
    }
  }

  /**
   * How much may wait, and how long.
   *
   * @param maxPending the most events that may wait to become durable
   * @param maxBatch the most events in one batch
   * @param maxWait the longest that an append may wait
   */
  public record Limits(int maxPending, int maxBatch, Duration maxWait) {
    /** 20,000 waiting, batches of 1,000, five seconds. */
    public static Limits ofDefaults() {
      return new Limits(20_000, 1_000, Duration.ofSeconds(5));
    }

    /** Checks the limits. */
    public Limits {
      if (maxPending < 1 || maxBatch < 1 || maxWait.isNegative() || maxWait.isZero()) {
        throw new IllegalArgumentException(
            "maxPending, maxBatch and maxWait must be positive: %d, %d, %s"
                .formatted(maxPending, maxBatch, maxWait));
      }
    }
  }

  private final Limits limits;
  private final Committer committer;
  private final Runnable afterBatch;
  private final Executor completions;
  private final @Nullable ExecutorService ownCompletions;
  private final Queue<PendingAppend> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final LongAdder appended = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Thread writer;
  private final Thread deadlines;
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean idle;
  private volatile boolean closed;

  /** What is said of it when it is closed. */
  private volatile String closedAs = CLOSED;

  private volatile @Nullable String problem;

  /** What was taken from the queue and not dealt with yet; the writer's own. */
  private List<PendingAppend> inHand = List.of();

  private volatile BatchClaim inFlight = new BatchClaim(List.of());

  /**
   * Starts a writer.
   *
   * @param name what to call its threads
   * @param completions where stages are completed, one task per batch; null for a thread of its
   *     own. Never run tasks on the calling thread: that is the writer
   */
  public AuditWriter(
      String name, Limits limits, Committer committer, @Nullable Executor completions) {
    this(name, limits, committer, completions, () -> {});
  }

  /**
   * The same, with something that the writer does after each batch, once the batch's stages were
   * handed over to be completed.
   */
  AuditWriter(
      String name,
      Limits limits,
      Committer committer,
      @Nullable Executor completions,
      Runnable afterBatch) {
    this.limits = limits;
    this.committer = committer;
    this.afterBatch = afterBatch;
    this.ownCompletions =
        completions != null
            ? null
            : Executors.newSingleThreadExecutor(task -> daemon(task, name + "-completions"));
    this.completions = completions != null ? completions : ownCompletions();
    this.writer = daemon(this::run, name + "-writer");
    this.deadlines = daemon(this::expire, name + "-deadlines");
    writer.start();
    deadlines.start();
  }

  private Executor ownCompletions() {
    ExecutorService own = ownCompletions;
    if (own == null) {
      throw new IllegalStateException("no executor");
    }
    return own;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Appends an event; see {@link AuditStore#append}. Never blocks. */
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    PendingAppend append = new PendingAppend(event, System.nanoTime() + limits.maxWait.toNanos());
    pending.incrementAndGet();
    if (closed) {
      refuse(append, AuditException.Code.CLOSED, closedAs);
      return append;
    }
    if (pending.get() > limits.maxPending) {
      refuse(append, AuditException.Code.WAIT_EXCEEDED, "more than " + limits.maxPending + " wait");
      return append;
    }
    queue.add(append);
    // Read after the add: either this sees the end, or the drain at the end sees the event.
    if (closed && drained.getCount() == 0 && append.withdraw()) {
      refuse(append, AuditException.Code.CLOSED, closedAs);
    } else if (idle) {
      LockSupport.unpark(writer);
    }
    return append;
  }

  private void refuse(PendingAppend append, AuditException.Code code, String why) {
    pending.decrementAndGet();
    failed.increment();
    append.completeExceptionally(new AuditException(code, why));
  }

  private void run() {
    try {
      while (true) {
        List<PendingAppend> batch = nextBatch();
        if (!batch.isEmpty()) {
          commit(batch);
          inHand = List.of();
          afterBatch.run();
        } else if (closed) {
          return;
        } else {
          await();
        }
      }
    } catch (RuntimeException | Error e) {
      closedAs = "the audit writer has ended: " + e.getClass().getName();
      LOG.log(System.Logger.Level.ERROR, "the audit writer has ended, calls are refused", e);
    } finally {
      drain();
    }
  }

  /** Nothing is written from here on, so nothing may wait for it. */
  private void drain() {
    closed = true;
    drained.countDown();
    for (PendingAppend left : inHand) {
      if (left.completeExceptionally(new AuditException(AuditException.Code.CLOSED, closedAs))) {
        failed.increment();
      }
    }
    for (PendingAppend left; (left = queue.poll()) != null; ) {
      if (left.withdraw()) {
        refuse(left, AuditException.Code.CLOSED, closedAs);
      }
    }
  }

  private List<PendingAppend> nextBatch() {
    List<PendingAppend> batch = new ArrayList<>();
    inHand = batch;
    for (PendingAppend next; batch.size() < limits.maxBatch && (next = queue.poll()) != null; ) {
      if (next.take()) {
        batch.add(next);
      }
    }
    return batch;
  }

  private void await() {
    boolean wellBefore = problem == null;
    idle = true;
    if (queue.isEmpty() && !closed) {
      if (wellBefore) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, ASK_AGAIN_NANOS);
      }
    }
    idle = false;
    if (!wellBefore && queue.isEmpty() && !closed) {
      ask();
    }
  }

  private void ask() {
    try {
      if (committer.isBack()) {
        recovered();
      }
    } catch (Exception | Error e) {
      problem = "cannot store audit events: " + e;
    }
  }

  private void commit(List<PendingAppend> batch) {
    Deque<List<PendingAppend>> parts = new ArrayDeque<>(List.of(batch));
    try {
      for (List<PendingAppend> part; (part = parts.poll()) != null; ) {
        BatchClaim claim = new BatchClaim(part);
        inFlight = claim;
        if (part != batch) {
          // The parts before it took their time, and nobody looked at this one meanwhile.
          expireInFlight(claim);
        }
        List<List<PendingAppend>> left = claim.isWithdrawn() ? wanted(claim) : commit(claim);
        for (int i = left.size() - 1; i >= 0; i--) {
          parts.addFirst(left.get(i));
        }
      }
    } finally {
      inFlight = new BatchClaim(List.of());
      pending.addAndGet(-batch.size());
    }
  }

  /**
   * Commits a batch; what is left of it to be committed, in order: the rest when it was given up
   * because some of it waited too long, its halves when some event of it is refused.
   */
  private List<List<PendingAppend>> commit(BatchClaim claim) {
    List<PendingAppend> batch = claim.batch();
    try {
      List<StoredEvent> stored =
          committer.commit(batch.stream().map(PendingAppend::event).toList(), claim);
      if (stored.size() != batch.size()) {
        throw new IllegalStateException(stored.size() + " of " + batch.size() + " were stored");
      }
      appended.add(batch.size());
      recovered();
      List<PendingAppend> late = batch.stream().filter(append -> !append.isWanted()).toList();
      late.forEach(append -> annul(append.event()));
      complete(() -> succeed(batch, stored, late));
      return List.of();
    } catch (Exception | Error e) {
      if (claim.isWithdrawn()) {
        return wanted(claim);
      }
      boolean refused =
          e instanceof AuditException known && known.code() == AuditException.Code.EVENT_REFUSED;
      if (refused && batch.size() > 1) {
        int half = batch.size() / 2;
        return List.of(batch.subList(0, half), batch.subList(half, batch.size()));
      }
      AuditException cause =
          e instanceof AuditException known
              ? known
              : new AuditException(
                  AuditException.Code.STORE_UNAVAILABLE, "cannot store audit events: " + e, e);
      failed.add(batch.size());
      if (refused) {
        LOG.log(System.Logger.Level.ERROR, "an audit event is refused: {0}", cause.getMessage());
      } else {
        unavailable(cause);
      }
      complete(() -> batch.forEach(append -> append.completeExceptionally(cause)));
      return List.of();
    }
  }

  /** What of a batch that was given up is to be committed all the same. */
  private List<List<PendingAppend>> wanted(BatchClaim claim) {
    List<PendingAppend> wanted = claim.unanswered();
    failed.add(claim.batch().size() - wanted.size());
    return wanted.isEmpty() ? List.of() : List.of(wanted);
  }

  private void succeed(
      List<PendingAppend> batch, List<StoredEvent> stored, List<PendingAppend> late) {
    for (int i = 0; i < stored.size(); i++) {
      PendingAppend append = batch.get(i);
      if (!append.complete(stored.get(i)) && !late.contains(append)) {
        annul(append.event());
      }
    }
  }

  /** Says on the chain that an event became durable after its caller was told that it would not. */
  private void annul(AuditEvent late) {
    if (late.phase() == AuditPhase.DECISION) {
      pending.incrementAndGet();
      queue.add(
          new PendingAppend(
              LateEvents.annulled(late), System.nanoTime() + limits.maxWait.toNanos()));
      LockSupport.unpark(writer);
    }
  }

  private void complete(Runnable task) {
    try {
      completions.execute(task);
    } catch (RuntimeException | Error e) {
      // An executor that refuses, or has no memory for a thread, must not leave callers waiting.
      task.run();
    }
  }

  // One log line per change of state, not per event.
  private void unavailable(AuditException cause) {
    if (problem == null) {
      LOG.log(
          System.Logger.Level.ERROR,
          "audit store unavailable, calls are refused: {0}",
          cause.getMessage());
    }
    problem = String.valueOf(cause.getMessage());
    LockSupport.unpark(writer);
  }

  private void recovered() {
    if (problem != null) {
      problem = null;
      LOG.log(System.Logger.Level.INFO, "audit store available again");
    }
  }

  /** Fails what has waited too long. The oldest come first, so the first that may wait ends it. */
  private void expire() {
    long pause = Math.max(5_000_000, Math.min(250_000_000, limits.maxWait.toNanos() / 20));
    try {
      while (!drained.await(pause, TimeUnit.NANOSECONDS)) {
        expireInFlight(inFlight);
        expire(queue);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A batch that has begun to become durable is beyond recall; any other is given up. */
  private void expireInFlight(BatchClaim claim) {
    if (claim.withdrawIfOverdue(System.nanoTime())) {
      expire(claim.batch());
    }
  }

  private void expire(Iterable<PendingAppend> oldestFirst) {
    long now = System.nanoTime();
    for (PendingAppend append : oldestFirst) {
      if (append.deadline() - now > 0) {
        return;
      }
      if (append.isDone()) {
        continue;
      }
      AuditException late =
          new AuditException(
              AuditException.Code.WAIT_EXCEEDED,
              "not durable within " + limits.maxWait.toMillis() + " ms");
      if (append.withdraw()) {
        queue.remove(append);
        pending.decrementAndGet();
        failed.increment();
      }
      unavailable(late);
      complete(() -> append.completeExceptionally(late));
    }
  }

  /** How many wait to become durable. */
  public int pending() {
    return pending.get();
  }

  /** How many became durable. */
  public long appended() {
    return appended.sum();
  }

  /** How many were refused. */
  public long failed() {
    return failed.sum();
  }

  /** What was wrong with the last batch; null when nothing was. */
  public @Nullable String problem() {
    return closed ? closedAs : problem;
  }

  /** Takes no more, writes what waits, and completes its stages. Waits for that to happen. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    try {
      drained.await();
      ExecutorService own = ownCompletions;
      if (own != null) {
        own.shutdown();
        if (!own.awaitTermination(limits.maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
          LOG.log(System.Logger.Level.WARNING, "callers still handle their stored events");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
