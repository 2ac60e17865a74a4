package app.intentgate.budget;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Counters that never grant more than a limit, however many threads, gates and restarts there are.
 * Thread-safe.
 */
public interface BudgetStore {
  /** The length of the window a {@link Charge.Kind#RATE} limit looks back over. */
  long RATE_WINDOW_MILLIS = 60_000;

  /**
   * Charges all limits, or none when one would be exceeded. Complete at once when the counters are
   * in memory; a stage that is not may be waiting for a lease from a shared store.
   *
   * @param charges the limits, in the order of the token's caveats
   * @param nowMillis the time of the call, unix milliseconds
   * @return what became of it; fails with {@link app.intentgate.store.StoreUnavailableException}
   *     when the store cannot answer, and then nothing may be granted
   */
  CompletionStage<ChargeResult> charge(List<Charge> charges, long nowMillis);
}
