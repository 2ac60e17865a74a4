package app.intentgate.memory;

import app.intentgate.budget.Charge;
import app.intentgate.store.StoreUnavailableException;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a store, at most a given number of them: a tenant holds at most as many as are
 * left for the others, since whoever has a token can add limits to it at will. Thread-safe; finding
 * a counter that is there takes no lock.
 */
final class BudgetCounters {
  private static final long LOOK_EVERY_MILLIS = 1_000;

  private final Map<CounterName, BudgetCounter> counters = new ConcurrentHashMap<>();
  private final Map<String, Integer> ofTenants = new ConcurrentHashMap<>();
  private final AtomicLong lookedAt = new AtomicLong(Long.MIN_VALUE / 2);
  private final int max;

  BudgetCounters(int max) {
    this.max = max;
  }

  /**
   * The counter of a charge, made where there is none. Whoever locks it looks whether it is {@link
   * BudgetCounter#gone}, and then finds it again.
   *
   * @throws StoreUnavailableException when there is no room for another
   */
  BudgetCounter find(Charge charge, long nowMillis) {
    CounterName name = new CounterName(charge.kind(), charge.tenant(), charge.key());
    BudgetCounter counter = counters.get(name);
    if (counter != null) {
      return counter;
    }
    requireRoom(charge.tenant(), nowMillis);
    return findOrAdd(name, charge.expiresAt());
  }

  /** The counter of a name, also where there is no room for another. */
  BudgetCounter findOrAdd(CounterName name, @Nullable Long expiresAt) {
    BudgetCounter counter = counters.get(name);
    if (counter != null) {
      return counter;
    }
    // Counted before it can be found, so that forgetting it takes away what was added.
    ofTenants.merge(name.tenant(), 1, Integer::sum);
    BudgetCounter added = new BudgetCounter(name, expiresAt);
    BudgetCounter other = counters.putIfAbsent(name, added);
    if (other != null) {
      uncount(name.tenant());
      return other;
    }
    return added;
  }

  private void uncount(String tenant) {
    ofTenants.computeIfPresent(tenant, (t, count) -> count == 1 ? null : count - 1);
  }

  Collection<BudgetCounter> all() {
    return counters.values();
  }

  private void requireRoom(String tenant, long nowMillis) {
    if (refusal(tenant) == null) {
      return;
    }
    forgetNowAndThen(nowMillis);
    String refusal = refusal(tenant);
    if (refusal != null) {
      throw new StoreUnavailableException(refusal);
    }
  }

  private @Nullable String refusal(String tenant) {
    int free = max - counters.size();
    if (free <= 0) {
      return "all " + max + " budget counters are in use";
    }
    return ofTenants.getOrDefault(tenant, 0) < free
        ? null
        : "this tenant has its share of the budget counters: the "
            + free
            + " that are left are for others";
  }

  /** Looks at all of them, and so no oftener than once a second, whoever asks for how many. */
  private void forgetNowAndThen(long nowMillis) {
    long last = lookedAt.get();
    // Also where the clock was set back; but not for a call that is a moment behind another.
    boolean due = Math.abs(nowMillis - last) >= LOOK_EVERY_MILLIS;
    if (due && lookedAt.compareAndSet(last, nowMillis)) {
      forget(nowMillis);
    }
  }

  /** Forgets what counts nothing, and what nothing can be charged to any more. */
  void forget(long nowMillis) {
    for (Iterator<BudgetCounter> all = counters.values().iterator(); all.hasNext(); ) {
      BudgetCounter counter = all.next();
      counter.lock.lock();
      try {
        if (!counter.gone && counter.isForgettable(nowMillis)) {
          counter.gone = true;
          all.remove();
          uncount(counter.name.tenant());
        }
      } finally {
        counter.lock.unlock();
      }
    }
  }
}
