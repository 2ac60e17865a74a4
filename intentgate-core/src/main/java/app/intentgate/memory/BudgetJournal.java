package app.intentgate.memory;

import app.intentgate.budget.Charge;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes budget counters durable. Sums are recorded in blocks, ahead of their use, so that most
 * calls wait for nothing: after a crash what was recorded and not used is lost to the caller, never
 * granted twice (B49).
 */
@FunctionalInterface
public interface BudgetJournal {
  /**
   * One recorded fact.
   *
   * @param kind what is counted
   * @param tenant the tenant it belongs to
   * @param key the counter
   * @param granted for sums the total that may have been used; for rates what was used at one
   *     moment
   * @param atMillis when, for rates; otherwise 0
   * @param expiresAt unix seconds after which the counter may be forgotten, or null
   */
  record Entry(
      Charge.Kind kind,
      String tenant,
      String key,
      long granted,
      long atMillis,
      @Nullable Long expiresAt) {}

  /** Records; complete once it is durable. */
  CompletionStage<Void> record(Entry entry);
}
