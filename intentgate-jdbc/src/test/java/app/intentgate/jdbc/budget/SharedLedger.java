package app.intentgate.jdbc.budget;

import app.intentgate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The ledger of several gates in memory, as a database keeps it, whose time and faults are the
 * test's. Each gate sees it through a {@link #of} of its own.
 */
final class SharedLedger {
  /** What becomes of the next round of a gate. */
  enum Fault {
    NONE,
    /** Nothing is stored, and the gate is told so. */
    REFUSED,
    /** It is stored, and the gate does not know. */
    ANSWER_LOST,
    /** It is not stored, and the gate does not know. */
    REQUEST_LOST
  }

  private final Map<CounterKey, CounterState> rows = new HashMap<>();
  private final Map<CounterKey, Map<String, Lease>> leases = new HashMap<>();
  private final Map<CounterKey, Set<String>> recalled = new HashMap<>();
  private final Set<String> dead = new HashSet<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long now = 1_000_000;
  private Fault next = Fault.NONE;

  synchronized void fault(Fault fault) {
    next = fault;
  }

  /** This gate was not heard of for long. */
  synchronized void bury(String gate) {
    dead.add(gate);
  }

  synchronized void pass(long millis) {
    now += millis;
  }

  /** Is told when somebody wants something back. */
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** What gates hold of a counter. */
  synchronized long held(CounterKey key) {
    return leases.getOrDefault(key, Map.of()).values().stream().mapToLong(Lease::held).sum();
  }

  synchronized long used(CounterKey key) {
    return rows.getOrDefault(key, CounterState.NEW).used();
  }

  BudgetLedger of(String gate) {
    return new OfGate(gate);
  }

  private Map<CounterKey, CounterState> states(Collection<CounterKey> counters) {
    Map<CounterKey, CounterState> states = new LinkedHashMap<>();
    for (CounterKey key : counters) {
      CounterState row = rows.get(key);
      if (row != null) {
        List<Lease> of = new ArrayList<>();
        for (Lease lease : leases.getOrDefault(key, Map.of()).values()) {
          boolean alive = !dead.contains(lease.gate());
          of.add(new Lease(lease.gate(), lease.held(), lease.countsAt(), alive));
        }
        states.put(key, new CounterState(row.used(), row.window(), row.expiresAt(), of));
      }
    }
    return states;
  }

  private boolean store(String gate, Settlement settlement) {
    boolean wanted = false;
    for (CounterUpdate update : settlement.updates()) {
      CounterKey key = update.counter();
      rows.put(
          key, new CounterState(update.used(), update.window(), update.expiresAt(), List.of()));
      Map<String, Lease> of = leases.computeIfAbsent(key, k -> new LinkedHashMap<>());
      update.ended().forEach(of::remove);
      Set<String> asked = recalled.computeIfAbsent(key, k -> new HashSet<>());
      if (update.held() > 0) {
        of.put(gate, new Lease(gate, update.held(), update.countsAt(), true));
        asked.remove(gate);
      } else if (update.hadLease()) {
        of.remove(gate);
        asked.remove(gate);
      }
      if (update.recall()) {
        wanted = true;
        of.keySet().stream().filter(other -> !other.equals(gate)).forEach(asked::add);
      }
    }
    return wanted;
  }

  private final class OfGate implements BudgetLedger {
    private final String gate;

    OfGate(String gate) {
      this.gate = gate;
    }

    @Override
    public Settlement settle(Collection<CounterKey> counters, Decision decision) {
      boolean wanted;
      Settlement settlement;
      synchronized (SharedLedger.this) {
        Fault fault = next;
        next = Fault.NONE;
        if (fault == Fault.REFUSED) {
          throw new StoreUnavailableException("away");
        }
        settlement = decision.decide(now, states(counters));
        if (fault == Fault.REQUEST_LOST) {
          throw new LedgerDoubtException("lost", new IllegalStateException("cut"));
        }
        wanted = store(gate, settlement);
        if (fault == Fault.ANSWER_LOST) {
          throw new LedgerDoubtException("lost", new IllegalStateException("cut"));
        }
      }
      if (wanted) {
        listeners.forEach(Runnable::run);
      }
      return settlement;
    }

    @Override
    public List<CounterKey> recalled() {
      synchronized (SharedLedger.this) {
        return recalled.entrySet().stream()
            .filter(asked -> asked.getValue().contains(gate))
            .map(Map.Entry::getKey)
            .toList();
      }
    }

    @Override
    public void sayAlive() {}

    @Override
    public boolean forget() {
      return false;
    }
  }
}
