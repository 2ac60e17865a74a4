package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedBudgetTest {
  private static ChargeResult charge(BudgetStore store, Charge... charges) {
    return store
        .charge(List.of(charges), System.currentTimeMillis())
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static Charge calls(String key, long max) {
    return new Charge(Kind.CALLS, "acme", key, max, 1, null);
  }

  private interface Task {
    void run(BudgetStore store, int thread) throws Exception;
  }

  private static void onBoth(TwoGates gates, int threads, Task task) throws Exception {
    Clients.run(
        threads,
        thread -> task.run(thread % 2 == 0 ? gates.a.budgets() : gates.b.budgets(), thread));
  }

  /**
   * One charge as it was seen from outside.
   *
   * @param begun when it was asked for
   * @param ended when the answer was there
   * @param granted what the answer was
   */
  private record Seen(long begun, long ended, boolean granted) {}

  @Test
  void two_hundred_threads_on_two_gates_get_exactly_a_thousand_and_no_refusal_came_too_early()
      throws Exception {
    ConcurrentLinkedQueue<Seen> history = new ConcurrentLinkedQueue<>();
    try (TwoGates gates = new TwoGates()) {
      onBoth(
          gates,
          200,
          (store, thread) -> {
            boolean granted;
            do {
              long begun = System.nanoTime();
              granted = charge(store, calls("k", 1_000)).charged();
              history.add(new Seen(begun, System.nanoTime(), granted));
            } while (granted);
          });
      assertThat(charge(gates.a.budgets(), calls("k", 1_000)).wouldBe()).isEqualTo(1_001);
      assertThat(charge(gates.b.budgets(), calls("k", 1_000)).wouldBe()).isEqualTo(1_001);
    }
    assertThat(history.stream().filter(Seen::granted)).hasSize(1_000);
    for (Seen refusal : history) {
      if (!refusal.granted()) {
        // In some order of all charges that fits what was seen, a thousand came before it.
        long before =
            history.stream().filter(s -> s.granted() && s.begun() < refusal.ended()).count();
        assertThat(before).isEqualTo(1_000);
      }
    }
  }

  @Test
  void what_one_gate_holds_and_does_not_spend_the_other_can() {
    try (TwoGates gates = new TwoGates()) {
      int granted = 0;
      for (int i = 0; i < 200; i++) {
        granted += charge(gates.a.budgets(), calls("k", 1_000)).charged() ? 1 : 0;
      }
      assertThat(granted).isEqualTo(200);
      while (charge(gates.b.budgets(), calls("k", 1_000)).charged()) {
        granted++;
      }
      assertThat(granted).isEqualTo(1_000);
    }
  }

  @Test
  void what_a_gate_holds_when_it_stops_is_given_back() {
    try (TwoGates gates = new TwoGates()) {
      int granted = 0;
      for (int i = 0; i < 300; i++) {
        granted += charge(gates.a.budgets(), calls("k", 1_000)).charged() ? 1 : 0;
      }
      gates.a.close();
      while (charge(gates.b.budgets(), calls("k", 1_000)).charged()) {
        granted++;
      }
      assertThat(granted).isEqualTo(1_000);
    }
  }

  @Test
  void a_root_counts_for_its_descendants_on_every_gate() throws Exception {
    AtomicInteger granted = new AtomicInteger();
    AtomicInteger[] each = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    try (TwoGates gates = new TwoGates()) {
      onBoth(
          gates,
          24,
          (store, thread) -> {
            int child = thread % 3;
            while (charge(store, calls("root", 500), calls("child-" + child, 200)).charged()) {
              granted.incrementAndGet();
              each[child].incrementAndGet();
            }
          });
    }
    assertThat(granted).hasValue(500);
    for (AtomicInteger one : each) {
      assertThat(one.get()).isBetween(100, 200);
    }
  }

  @Test
  void sums_are_spent_to_the_last_cent_by_two_gates() throws Exception {
    AtomicLong spent = new AtomicLong();
    try (TwoGates gates = new TwoGates()) {
      onBoth(
          gates,
          16,
          (store, thread) -> {
            for (int i = 0; i < 60; i++) {
              long amount = ThreadLocalRandom.current().nextInt(1, 60);
              if (charge(store, new Charge(Kind.COST, "acme", "s", 10_000, amount, null))
                  .charged()) {
                spent.addAndGet(amount);
              }
            }
          });
      while (charge(gates.a.budgets(), new Charge(Kind.COST, "acme", "s", 10_000, 1, null))
          .charged()) {
        spent.incrementAndGet();
      }
    }
    assertThat(spent).hasValue(10_000);
  }

  @Test
  void a_rate_holds_for_both_gates_together() throws Exception {
    AtomicInteger granted = new AtomicInteger();
    long start = System.nanoTime();
    try (TwoGates gates = new TwoGates()) {
      Charge rate = new Charge(Kind.RATE, "acme", "r", 700, 1, null);
      onBoth(
          gates,
          20,
          (store, thread) -> {
            while (charge(store, rate).charged()) {
              granted.incrementAndGet();
            }
          });
      assertThat(charge(gates.b.budgets(), rate).wouldBe()).isEqualTo(701);
    }
    assertThat(System.nanoTime() - start).as("all in one minute").isLessThan(55_000_000_000L);
    assertThat(granted).hasValue(700);
  }

  @Test
  void a_restart_gives_nothing_back_B49() {
    try (TwoGates gates = new TwoGates()) {
      assertThat(charge(gates.a.budgets(), calls("k", 3)).charged()).isTrue();
      gates.a.close();
      try (SqlState again = SqlState.open(gates.databaseOfA)) {
        assertThat(charge(again.budgets(), calls("k", 3)).charged()).isTrue();
        assertThat(charge(again.budgets(), calls("k", 3)).charged()).isTrue();
        assertThat(charge(again.budgets(), calls("k", 3)).charged()).isFalse();
      }
    }
  }
}
