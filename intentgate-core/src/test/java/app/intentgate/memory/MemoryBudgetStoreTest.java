package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryBudgetStoreTest {
  private final MemoryBudgetStore store = new MemoryBudgetStore();

  private ChargeResult charge(long nowMillis, Charge... charges) {
    return store.charge(List.of(charges), nowMillis).toCompletableFuture().join();
  }

  private static Charge calls(String key, long max) {
    return new Charge(Kind.CALLS, key, max, 1, null);
  }

  @Test
  void a_limit_of_two_permits_two_and_says_what_the_third_would_have_been() {
    assertThat(charge(0, calls("a", 2)).charged()).isTrue();
    assertThat(charge(0, calls("a", 2)).charged()).isTrue();
    ChargeResult third = charge(0, calls("a", 2));
    assertThat(third.charged()).isFalse();
    assertThat(third.wouldBe()).isEqualTo(3);
  }

  @Test
  void a_limit_of_zero_permits_nothing() {
    assertThat(charge(0, calls("none", 0)).charged()).isFalse();
  }

  @Test
  void a_refused_call_charges_no_limit_at_all() {
    assertThat(charge(0, calls("wide", 5), calls("narrow", 0)).exceeded())
        .isEqualTo(calls("narrow", 0));
    for (int i = 0; i < 5; i++) {
      assertThat(charge(0, calls("wide", 5)).charged()).as("call %d", i).isTrue();
    }
    assertThat(charge(0, calls("wide", 5)).charged()).isFalse();
  }

  @Test
  void two_limits_on_one_counter_count_a_call_once() {
    assertThat(charge(0, calls("k", 1), calls("k", 3)).charged()).isTrue();
    assertThat(charge(0, calls("k", 2)).charged()).isTrue();
    assertThat(charge(0, calls("k", 2)).wouldBe()).isEqualTo(3);
  }

  @Test
  void kinds_are_counted_apart() {
    Charge cents = new Charge(Kind.COST, "k", 100, 60, null);
    assertThat(charge(0, calls("k", 1), cents).charged()).isTrue();
    assertThat(charge(0, cents).wouldBe()).isEqualTo(120);
  }

  @Test
  void a_sum_that_would_overflow_is_refused() {
    Charge huge = new Charge(Kind.COST, "k", Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, null);
    assertThat(charge(0, huge).charged()).isTrue();
    assertThat(charge(0, huge).charged()).isFalse();
  }

  @Test
  void at_most_n_in_any_sixty_seconds() {
    Random random = new Random(7);
    Charge rate = new Charge(Kind.RATE, "r", 10, 1, null);
    List<Long> granted = new ArrayList<>();
    long now = 1_000_000;
    for (int i = 0; i < 5_000; i++) {
      now += random.nextInt(8_000);
      long at = now;
      boolean permitted = charge(at, rate).charged();
      long inWindow = granted.stream().filter(t -> t > at - 60_000).count();
      assertThat(permitted).isEqualTo(inWindow < 10);
      if (permitted) {
        granted.add(at);
      }
    }
  }

  @Test
  void a_clock_that_steps_back_never_grants_more() {
    Charge rate = new Charge(Kind.RATE, "r", 3, 1, null);
    assertThat(charge(100_000, rate).charged()).isTrue();
    assertThat(charge(40_000, rate).charged()).isTrue();
    assertThat(charge(99_999, rate).charged()).isTrue();
    assertThat(charge(100_001, rate).charged()).isFalse();
  }

  @Test
  void many_threads_get_exactly_what_the_limit_permits() throws Exception {
    int threads = 16;
    AtomicInteger granted = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        boolean reversed = t % 2 == 0;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 500; i++) {
                    // Both orders of the same two counters: a lock order of its own would hang.
                    ChargeResult r =
                        reversed
                            ? charge(0, calls("child", 3_000), calls("root", 1_000))
                            : charge(0, calls("root", 1_000), calls("child", 3_000));
                    if (r.charged()) {
                      granted.incrementAndGet();
                    }
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> f : all) {
        f.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(granted).hasValue(1_000);
  }

  @Test
  void a_full_store_forgets_expired_tokens_and_refuses_when_there_are_none() {
    MemoryBudgetStore small = new MemoryBudgetStore(2);
    Charge old = new Charge(Kind.CALLS, "old", 5, 1, 10L);
    small.charge(List.of(old), 0).toCompletableFuture().join();
    small.charge(List.of(calls("a", 5)), 0).toCompletableFuture().join();
    assertThat(small.charge(List.of(calls("b", 5)), 20_000).toCompletableFuture().join().charged())
        .isTrue();
    assertThatThrownBy(
            () -> small.charge(List.of(calls("c", 5)), 20_000).toCompletableFuture().join())
        .hasCauseInstanceOf(StoreUnavailableException.class);
  }
}
