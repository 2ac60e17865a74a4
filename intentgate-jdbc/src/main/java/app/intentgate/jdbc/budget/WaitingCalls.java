package app.intentgate.jdbc.budget;

import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for the ledger, at most a given number: of one tenant at most as many as are
 * left for the others, who would else be refused by its crowd. Any thread adds one; batches are
 * made and ended by one thread.
 */
final class WaitingCalls {
  private static final int MAX_CALLS = 512;

  private final LeaseOptions options;
  private final int maxCounters;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<String, Integer> ofTenants = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<PendingCharge> arrived = new ConcurrentLinkedQueue<>();

  /** Those of the last batch that wait on. */
  private final List<PendingCharge> postponed = new ArrayList<>();

  /** The next one, which did not fit into the last batch. */
  private @Nullable PendingCharge left;

  /**
   * None yet.
   *
   * @param options how many may wait, and how long
   * @param maxCounters of how many counters the calls of a batch may be
   */
  WaitingCalls(LeaseOptions options, int maxCounters) {
    this.options = options;
    this.maxCounters = maxCounters;
  }

  /**
   * Adds a call; its counters are locked by the caller.
   *
   * @throws StoreUnavailableException when too many wait, or the call is of too many counters
   */
  CompletableFuture<ChargeResult> add(Ask ask, List<LocalCounter> locked) {
    if (locked.size() > maxCounters) {
      throw new StoreUnavailableException(
          "a call may be charged to " + maxCounters + " counters, and not to " + locked.size());
    }
    takePlace(tenantOf(locked));
    CompletableFuture<ChargeResult> result = new CompletableFuture<>();
    PendingCharge pending =
        new PendingCharge(
            ask, List.copyOf(locked), result, System.nanoTime() + options.maxWait().toNanos());
    for (LocalCounter counter : locked) {
      counter.waiting++;
    }
    // A ledger that hangs must not hold a call for longer than its limit.
    result.orTimeout(options.maxWait().toMillis() + 500, TimeUnit.MILLISECONDS);
    arrived.add(pending);
    return result;
  }

  /** Those that come at once may each find the last place of a tenant, but never of all. */
  private void takePlace(String tenant) {
    int free = options.maxWaiting() - waiting.getAndIncrement();
    boolean crowded = ofTenants.getOrDefault(tenant, 0) >= free;
    if (free <= 0 || crowded) {
      waiting.decrementAndGet();
      throw new StoreUnavailableException(
          free <= 0
              ? options.maxWaiting() + " calls wait for the budget ledger already"
              : "too many calls of this tenant wait for the budget ledger: the "
                  + free
                  + " places left are for other tenants");
    }
    ofTenants.merge(tenant, 1, Integer::sum);
  }

  private void leavePlace(String tenant) {
    ofTenants.computeIfPresent(tenant, (t, count) -> count == 1 ? null : count - 1);
    waiting.decrementAndGet();
  }

  /** All counters of a call are of its token's tenant. */
  private static String tenantOf(List<LocalCounter> counters) {
    return counters.get(0).key.tenant();
  }

  /** Whether any call waits. */
  boolean any() {
    return waiting.get() > 0;
  }

  /** Whether there is more for the next batch than what was postponed. */
  boolean moreToTake() {
    return left != null || !arrived.isEmpty();
  }

  /** Whether some of the last batch wait on. */
  boolean anyPostponed() {
    return !postponed.isEmpty();
  }

  /**
   * The next that go into one round, those that were postponed first: as many as a statement of the
   * database can name the counters of.
   */
  List<PendingCharge> batch() {
    List<PendingCharge> batch = new ArrayList<>();
    Set<LocalCounter> counters = new HashSet<>();
    for (PendingCharge pending : postponed) {
      if (isWaited(pending)) {
        batch.add(pending);
        counters.addAll(pending.counters());
      }
    }
    postponed.clear();
    while (batch.size() < MAX_CALLS) {
      PendingCharge next = left != null ? left : arrived.poll();
      left = null;
      if (next == null) {
        break;
      }
      if (!isWaited(next)) {
        continue;
      }
      int more = 0;
      for (LocalCounter counter : next.counters()) {
        more += counters.contains(counter) ? 0 : 1;
      }
      if (counters.size() + more > maxCounters) {
        left = next;
        break;
      }
      counters.addAll(next.counters());
      batch.add(next);
    }
    return batch;
  }

  private boolean isWaited(PendingCharge pending) {
    if (pending.result().isDone()) {
      end(pending);
      return false;
    }
    return true;
  }

  /** One of the last batch waits on. */
  void postpone(PendingCharge pending) {
    postponed.add(pending);
  }

  /** One of the last batch waits no longer; its result is completed by the caller. */
  void end(PendingCharge pending) {
    leavePlace(tenantOf(pending.counters()));
    for (LocalCounter counter : pending.counters()) {
      counter.lock.lock();
      try {
        counter.waiting--;
      } finally {
        counter.lock.unlock();
      }
    }
  }

  /** Fails those that came too late for any batch. */
  void refuseArrived(StoreUnavailableException reason) {
    for (PendingCharge late = arrived.poll(); late != null; late = arrived.poll()) {
      late.result().completeExceptionally(reason);
    }
  }
}
