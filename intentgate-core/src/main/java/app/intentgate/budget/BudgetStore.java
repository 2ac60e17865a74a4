package app.intentgate.budget;

import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  /**
   * How much of a limit is left; nothing is charged. What gates that share a store hold ahead
   * counts as used.
   *
   * <p>Unless a store overrides it, this asks {@link #charge} for more than the limit, which is
   * refused and says what the counter would have stood at; so it waits and fails as a charge does.
   *
   * @param limit the limit, as {@link Charge#of} makes it; its amount is not looked at
   * @param nowMillis the time, unix milliseconds
   * @return fails as {@link #charge} does
   */
  default CompletionStage<Long> left(Charge limit, long nowMillis) {
    if (limit.max() == 0) {
      return CompletableFuture.completedFuture(0L);
    }
    // A charge of more than the limit is refused, and told what the counter would stand at.
    long tooMuch = limit.max() == Long.MAX_VALUE ? limit.max() : limit.max() + 1;
    Charge refused =
        new Charge(
            limit.kind(), limit.tenant(), limit.key(), limit.max(), tooMuch, limit.expiresAt());
    return charge(List.of(refused), nowMillis)
        .thenApply(
            result ->
                result.charged()
                    ? 0L
                    : Math.max(0, limit.max() - Math.max(0, result.wouldBe() - tooMuch)));
  }
}
