package app.intentgate.operator;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The operators' accounts. {@link #find} is asked at every sign-in: it answers from memory and
 * never blocks. Thread-safe.
 */
public interface OperatorStore {
  /**
   * An account.
   *
   * @throws app.intentgate.store.StoreUnavailableException when the answer may be out of date
   */
  @Nullable OperatorAccount find(String id);

  /**
   * Keeps a new account.
   *
   * @return complete once it is durable and in force on this gate
   * @throws IllegalArgumentException when the id is taken
   */
  CompletionStage<Void> create(OperatorAccount account);

  /**
   * Replaces an account.
   *
   * @param expected the account as it was read
   * @return whether it still was so and is replaced; complete once that is durable and in force
   */
  CompletionStage<Boolean> replace(OperatorAccount expected, OperatorAccount next);

  /** Notes that an account signed in; may be kept late, or to the minute only. */
  void used(String id, Instant at);

  /** When an account last signed in, as far as that is known; null for never. */
  @Nullable Instant lastUsed(String id);

  /**
   * The accounts, oldest first. May block.
   *
   * @param tenant only those of this tenant, or null for all
   * @throws app.intentgate.store.StoreUnavailableException when the store cannot answer
   */
  List<OperatorAccount> list(@Nullable String tenant);
}
