package app.intentgate.jdbc.budget;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gate that stops while calls are charged (B43, B49). */
@Timeout(120)
class StoppedBudgetTest {
  private static final int MAX = 5_000;

  @TempDir Path directory;

  private static CompletionStage<ChargeResult> charge(BudgetStore store, int max) {
    return store.charge(
        List.of(new Charge(Kind.CALLS, "acme", "k", max, 1, null)), System.currentTimeMillis());
  }

  private static LeasedBudgetStore gate(Database database, String name) {
    return new LeasedBudgetStore(
        name,
        new SqlBudgetLedger(database, name, Clock.systemUTC()),
        database.dialect().isShared() ? LeaseOptions.shared() : LeaseOptions.alone());
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void every_call_is_answered_and_what_was_not_granted_is_left_to_the_next_gate(TestDatabase kind)
      throws Exception {
    AtomicInteger granted = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    try (Database database = Migrated.create(kind, directory)) {
      LeasedBudgetStore store = gate(database, "one");
      List<Thread> callers = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        Thread thread =
            new Thread(
                () -> {
                  boolean open = true;
                  while (open) {
                    open =
                        charge(store, MAX)
                            .toCompletableFuture()
                            .orTimeout(60, TimeUnit.SECONDS)
                            .handle((result, failure) -> failure == null && result.charged())
                            .join();
                    (open ? granted : failed).incrementAndGet();
                  }
                });
        callers.add(thread);
        thread.start();
      }
      until(() -> granted.get() > 200);
      store.close();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(failed).hasValue(8);
      assertThat(store.leases()).isZero();
      try (LeasedBudgetStore next = gate(database, "two")) {
        while (charge(next, MAX).toCompletableFuture().join().charged()) {
          granted.incrementAndGet();
        }
      }
    }
    assertThat(granted).hasValue(MAX);
  }

  /** Of a store whose calls do not wait for long. */
  private static final LeaseOptions IMPATIENT =
      new LeaseOptions(
          false, 100, 100, Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(2));

  /** A ledger that does not answer for long. */
  private static final class Hanging implements BudgetLedger {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @Override
    public Settlement settle(Collection<CounterKey> counters, Decision decision) {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new StoreUnavailableException("away");
    }

    @Override
    public List<CounterKey> recalled() {
      return List.of();
    }

    @Override
    public void sayAlive() {}

    @Override
    public boolean forget() {
      return false;
    }
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  @Test
  void a_ledger_that_hangs_keeps_no_call_waiting_and_its_thread_goes_when_it_can()
      throws Exception {
    Set<Thread> others = threads();
    Hanging ledger = new Hanging();
    LeasedBudgetStore store = new LeasedBudgetStore("one", ledger, IMPATIENT);
    Thread rounds =
        threads().stream()
            .filter(t -> !others.contains(t) && t.getName().equals("intentgate-budgets"))
            .findFirst()
            .orElseThrow();
    List<CompletionStage<ChargeResult>> stages = new ArrayList<>();
    stages.add(charge(store, MAX));
    assertThat(ledger.asked.await(30, TimeUnit.SECONDS)).isTrue();
    stages.add(charge(store, MAX));
    store.close();
    stages.add(charge(store, MAX));
    assertThat(stages)
        .allSatisfy(
            stage ->
                assertThat(stage.toCompletableFuture())
                    .isDone()
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(StoreUnavailableException.class));
    ledger.answer.countDown();
    rounds.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(rounds.isAlive()).as("the thread of rounds").isFalse();
  }
}
