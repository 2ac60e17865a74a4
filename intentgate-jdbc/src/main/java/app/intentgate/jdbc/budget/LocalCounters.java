package app.intentgate.jdbc.budget;

import app.intentgate.budget.Charge;
import app.intentgate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters that this gate has met lately, at most a given number: a tenant has at most as many
 * of them as are left for the others, since whoever has a token can add limits to it at will.
 * Thread-safe; finding a counter that is there takes no lock.
 */
final class LocalCounters {
  private static final Comparator<LocalCounter> ORDER = Comparator.comparing(c -> c.key);
  private static final long FORGET_AFTER_MILLIS = 10_000;

  private final Map<CounterKey, LocalCounter> counters = new ConcurrentHashMap<>();
  private final Map<String, Integer> ofTenants = new ConcurrentHashMap<>();
  private final int max;

  LocalCounters(int max) {
    this.max = max;
  }

  /**
   * The counters of a call, each once, locked in the order of their keys; {@link #unlock} them.
   *
   * @throws StoreUnavailableException when there is no room for another
   */
  List<LocalCounter> lock(List<Charge> charges) {
    while (true) {
      List<LocalCounter> found = new ArrayList<>(charges.size());
      for (Charge charge : charges) {
        LocalCounter counter = find(CounterKey.of(charge));
        if (!found.contains(counter)) {
          found.add(counter);
        }
      }
      if (found.size() > 1) {
        found.sort(ORDER);
      }
      lockAll(found);
      if (found.stream().noneMatch(c -> c.gone)) {
        return found;
      }
      unlock(found);
    }
  }

  static void lockAll(List<LocalCounter> inOrder) {
    for (LocalCounter counter : inOrder) {
      counter.lock.lock();
    }
  }

  static void unlock(List<LocalCounter> counters) {
    for (LocalCounter counter : counters) {
      counter.lock.unlock();
    }
  }

  private LocalCounter find(CounterKey key) {
    LocalCounter counter = counters.get(key);
    if (counter != null) {
      return counter;
    }
    requireRoom(key.tenant());
    // Counted before it can be found, so that forgetting it takes away what was added.
    ofTenants.merge(key.tenant(), 1, Integer::sum);
    LocalCounter added = new LocalCounter(key);
    LocalCounter other = counters.putIfAbsent(key, added);
    if (other == null) {
      return added;
    }
    uncount(key.tenant());
    return other;
  }

  /** Two that look at once may both find the last place: it is a bound of memory, and no limit. */
  private void requireRoom(String tenant) {
    int free = max - counters.size();
    if (free <= 0) {
      throw new StoreUnavailableException(
          "all " + max + " budget counters that fit in memory are in use");
    }
    if (ofTenants.getOrDefault(tenant, 0) >= free) {
      throw new StoreUnavailableException(
          "this tenant has its share of the budget counters in memory: the "
              + free
              + " that are left are for others");
    }
  }

  private void uncount(String tenant) {
    ofTenants.computeIfPresent(tenant, (t, count) -> count == 1 ? null : count - 1);
  }

  /** The one of a key, if it is held. */
  @Nullable LocalCounter get(CounterKey key) {
    return counters.get(key);
  }

  /** Those that hold a lease which nobody used for a while; forgets those that hold nothing. */
  List<LocalCounter> sweep(long nowMillis, long idleMillis) {
    List<LocalCounter> idle = new ArrayList<>();
    for (Iterator<LocalCounter> all = counters.values().iterator(); all.hasNext(); ) {
      LocalCounter counter = all.next();
      counter.lock.lock();
      try {
        if (counter.isIdle(nowMillis, idleMillis)) {
          idle.add(counter);
        } else if (counter.isForgettable(nowMillis, FORGET_AFTER_MILLIS)) {
          counter.gone = true;
          all.remove();
          uncount(counter.key.tenant());
        }
      } finally {
        counter.lock.unlock();
      }
    }
    return idle;
  }

  /** All that hold a lease. */
  List<LocalCounter> leased() {
    return counters.values().stream().filter(LocalCounter::isLeasedNow).toList();
  }
}
