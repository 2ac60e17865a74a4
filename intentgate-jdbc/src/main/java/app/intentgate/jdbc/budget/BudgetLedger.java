package app.intentgate.jdbc.budget;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where counters and leases are kept, for all gates. Methods may block and are called by one thread
 * at a time; they fail with {@link app.intentgate.store.StoreUnavailableException}.
 */
public interface BudgetLedger {
  /** What is to be stored, given what is there. Without effects: it may be asked several times. */
  @FunctionalInterface
  interface Decision {
    /**
     * Decides.
     *
     * @param nowMillis the ledger's time
     * @param states the counters as they are; one that is missing is new
     */
    Settlement decide(long nowMillis, Map<CounterKey, CounterState> states);
  }

  /**
   * Decides about counters while no other gate can touch them, and stores what was decided: all of
   * it, durably, or nothing.
   *
   * @throws LedgerDoubtException when it cannot be known whether it was stored
   */
  Settlement settle(Collection<CounterKey> counters, Decision decision);

  /** The counters of which this gate is asked to give back what it holds. */
  List<CounterKey> recalled();

  /** Says that this gate lives, so that its leases are not counted as spent. */
  void sayAlive();

  /**
   * Looks through some of the counters, on from where it ended the last time, and forgets those
   * that nothing can be charged to any more; at the end also gates long gone. Takes no longer than
   * a round, however many counters there are.
   *
   * @return whether there are more to look through
   */
  boolean forget();
}
