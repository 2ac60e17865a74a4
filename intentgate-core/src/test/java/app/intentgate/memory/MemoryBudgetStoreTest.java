package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.BudgetStoreContract;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetStoreTest extends BudgetStoreContract {
  private final MemoryBudgetStore store = new MemoryBudgetStore();
  private final MemoryBudgetStore small = new MemoryBudgetStore(6);

  @Override
  protected BudgetStore store() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    store.forget(System.currentTimeMillis() + time.toMillis());
  }

  private static Charge of(String tenant, String key) {
    return new Charge(Kind.CALLS, tenant, key, 5, 1, null);
  }

  private static Charge rate(String key) {
    return new Charge(Kind.RATE, "acme", key, 5, 1, null);
  }

  private boolean charged(Charge charge, long nowMillis) {
    return small.charge(List.of(charge), nowMillis).toCompletableFuture().join().charged();
  }

  private void assertNoRoom(Charge charge, long nowMillis, String why) {
    assertThatThrownBy(() -> charged(charge, nowMillis))
        .hasCauseInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_tenant_holds_at_most_as_many_counters_as_are_left_for_others() {
    for (String key : List.of("a1", "a2", "a3")) {
      assertThat(charged(of("acme", key), 0)).isTrue();
    }
    assertNoRoom(of("acme", "a4"), 0, "the 3 that are left are for others");
    assertThat(charged(of("acme", "a1"), 0)).as("one that is there").isTrue();
    assertThat(charged(of("globex", "g1"), 0)).isTrue();
    assertThat(charged(of("globex", "g2"), 0)).isTrue();
    assertThat(charged(of("initech", "i1"), 0)).isTrue();
    assertNoRoom(of("hooli", "h1"), 0, "all 6 budget counters are in use");
  }

  @Test
  void a_store_without_room_forgets_expired_tokens() {
    assertThat(charged(new Charge(Kind.CALLS, "acme", "old", 5, 1, 10L), 0)).isTrue();
    assertThat(charged(of("acme", "a"), 0)).isTrue();
    assertThat(charged(of("acme", "b"), 0)).isTrue();
    assertThat(charged(of("acme", "c"), 20_000)).isTrue();
    assertNoRoom(of("acme", "d"), 20_000, "are for others");
  }

  @Test
  void rates_that_lay_idle_for_a_minute_and_limits_nobody_used_make_room() {
    for (String key : List.of("r1", "r2", "r3")) {
      assertThat(charged(rate(key), 1_000)).isTrue();
    }
    assertNoRoom(rate("r4"), 60_999, "are for others");
    assertThat(charged(rate("r1"), 61_500)).isTrue();
    assertThat(charged(rate("r4"), 62_000)).isTrue();
    assertThat(charged(rate("r5"), 62_000)).isTrue();
    assertNoRoom(rate("r6"), 63_000, "are for others");
    Charge none = new Charge(Kind.CALLS, "globex", "none", 0, 1, null);
    assertThat(charged(none, 63_000)).as("refused, and counts nothing").isFalse();
    assertThat(charged(of("globex", "g"), 63_000)).isTrue();
    assertThat(charged(of("globex", "h"), 64_000)).isTrue();
  }

  @Test
  void a_full_store_is_looked_through_once_a_second_however_many_ask() {
    for (String key : List.of("r1", "r2", "r3")) {
      assertThat(charged(rate(key), 0)).isTrue();
    }
    assertNoRoom(rate("r4"), 59_500, "are for others");
    assertNoRoom(rate("r4"), 60_400, "are for others");
    assertNoRoom(rate("r4"), 59_400, "are for others");
    assertThat(charged(rate("r4"), 60_500)).isTrue();
  }

  @Test
  void a_rate_that_is_forgotten_again_and_again_never_grants_more() throws Exception {
    AtomicLong clock = new AtomicLong(1_000_000);
    AtomicBoolean done = new AtomicBoolean();
    Thread forgetful =
        new Thread(
            () -> {
              while (!done.get()) {
                store.forget(clock.get());
              }
            });
    forgetful.start();
    try {
      for (int round = 0; round < 200; round++) {
        long now = clock.addAndGet(60_000);
        AtomicInteger granted = new AtomicInteger();
        everywhere(
            4,
            () -> {
              for (int i = 0; i < 5; i++) {
                if (store.charge(List.of(rate("r")), now).toCompletableFuture().join().charged()) {
                  granted.incrementAndGet();
                }
              }
              return null;
            });
        assertThat(granted).as("in round %d", round).hasValue(5);
      }
    } finally {
      done.set(true);
      forgetful.join();
    }
  }
}
