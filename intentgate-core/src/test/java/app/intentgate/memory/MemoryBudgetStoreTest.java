package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.BudgetStoreContract;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.store.StoreUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetStoreTest extends BudgetStoreContract {
  private final BudgetStore store = new MemoryBudgetStore();

  @Override
  protected BudgetStore store() {
    return store;
  }

  @Test
  void a_full_store_forgets_expired_tokens_and_refuses_when_there_are_none() {
    MemoryBudgetStore small = new MemoryBudgetStore(2);
    Charge old = new Charge(Kind.CALLS, "acme", "old", 5, 1, 10L);
    small.charge(List.of(old), 0).toCompletableFuture().join();
    small.charge(List.of(calls("a")), 0).toCompletableFuture().join();
    assertThat(small.charge(List.of(calls("b")), 20_000).toCompletableFuture().join().charged())
        .isTrue();
    assertThatThrownBy(() -> small.charge(List.of(calls("c")), 20_000).toCompletableFuture().join())
        .hasCauseInstanceOf(StoreUnavailableException.class);
  }

  private static Charge calls(String key) {
    return new Charge(Kind.CALLS, "acme", key, 5, 1, null);
  }
}
