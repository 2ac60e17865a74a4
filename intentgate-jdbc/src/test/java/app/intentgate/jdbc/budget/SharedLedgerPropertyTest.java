package app.intentgate.jdbc.budget;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.BudgetModel;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.jdbc.budget.SharedLedger.Fault;
import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates of one ledger, one random call after the other, against what one counter would say. */
@Timeout(120)
class SharedLedgerPropertyTest {
  private static final int KEYS = 4;

  private static LeaseOptions options() {
    // Idle leases lie for long, so that what is given back was asked for.
    return new LeaseOptions(
        true, 1_000, 1_000, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5));
  }

  private static LeasedBudgetStore gate(SharedLedger ledger, String name) {
    LeasedBudgetStore store = new LeasedBudgetStore(name, ledger.of(name), options());
    ledger.listen(store::lookForRecalls);
    return store;
  }

  private static ChargeResult charge(LeasedBudgetStore store, List<Charge> charges) {
    return store.charge(charges, 0).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static long max(int key) {
    return 60L + 90L * key;
  }

  /** One to three limits on different counters, calls and costs. */
  private static List<Charge> call(Random random) {
    List<Charge> charges = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      if (random.nextInt(KEYS) == 0) {
        charges.add(new Charge(Kind.CALLS, "acme", "k" + key, max(key), 1, null));
      }
      if (random.nextInt(2 * KEYS) == 0) {
        long cents = random.nextInt(12);
        charges.add(new Charge(Kind.COST, "acme", "k" + key, 5 * max(key), cents, null));
      }
    }
    return charges;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void three_gates_answer_as_one_counter_would(long seed) {
    Random random = new Random(seed);
    SharedLedger ledger = new SharedLedger();
    BudgetModel model = BudgetModel.UNSPENT;
    List<LeasedBudgetStore> gates = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      gates.add(gate(ledger, "gate-" + i));
    }
    int refused = 0;
    for (int step = 0; step < 900; step++) {
      int which = random.nextInt(gates.size());
      if (random.nextInt(150) == 0) {
        gates.get(which).close();
        gates.set(which, gate(ledger, "gate-of-" + step));
      }
      List<Charge> charges = call(random);
      var expected = model.tryCharge(charges);
      model = expected.next();
      boolean granted = charge(gates.get(which), charges).charged();
      assertThat(granted ? BudgetModel.CHARGED : BudgetModel.REFUSED)
          .as("seed %d, step %d: %s", seed, step, charges)
          .isEqualTo(expected.answer());
      refused += granted ? 0 : 1;
    }
    gates.forEach(LeasedBudgetStore::close);
    assertThat(refused).as("the limits were reached").isPositive();
    for (int key = 0; key < KEYS; key++) {
      CounterKey calls = new CounterKey("acme", Kind.CALLS, "k" + key);
      assertThat(ledger.held(calls)).as("held by nobody").isZero();
      assertThat(ledger.used(calls))
          .isEqualTo(model.spent().getOrDefault("max_calls of k" + key, 0L));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void no_fault_of_the_ledger_and_no_death_of_a_gate_grants_more_than_a_limit(long seed) {
    Random random = new Random(seed);
    SharedLedger ledger = new SharedLedger();
    Map<CounterKey, Long> granted = new HashMap<>();
    Map<CounterKey, Long> limits = new HashMap<>();
    List<LeasedBudgetStore> gates = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("gate-0", "gate-1"));
    List<LeasedBudgetStore> buried = new ArrayList<>();
    names.forEach(name -> gates.add(gate(ledger, name)));
    Fault[] faults = Fault.values();
    int failed = 0;
    for (int step = 0; step < 900; step++) {
      int which = random.nextInt(gates.size());
      if (random.nextInt(60) == 0) {
        ledger.fault(faults[random.nextInt(faults.length)]);
      }
      if (random.nextInt(200) == 0) {
        // Taken for dead, though it lives and goes on to spend what it holds.
        ledger.bury(names.get(which));
        buried.add(gates.get(which));
        names.set(which, "gate-of-" + step);
        gates.set(which, gate(ledger, "gate-of-" + step));
      }
      LeasedBudgetStore store =
          !buried.isEmpty() && random.nextInt(4) == 0
              ? buried.get(random.nextInt(buried.size()))
              : gates.get(which);
      List<Charge> charges = call(random);
      charges.forEach(charge -> limits.put(CounterKey.of(charge), charge.max()));
      try {
        if (charge(store, charges).charged()) {
          charges.forEach(
              charge -> granted.merge(CounterKey.of(charge), charge.amount(), Long::sum));
        }
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
        failed++;
      }
    }
    buried.forEach(LeasedBudgetStore::close);
    gates.forEach(LeasedBudgetStore::close);
    assertThat(failed).as("some calls met a fault").isPositive();
    limits.forEach(
        (key, max) -> {
          assertThat(granted.getOrDefault(key, 0L)).as("%s", key).isLessThanOrEqualTo(max);
          assertThat(ledger.used(key))
              .as("what was granted is known to the ledger: %s", key)
              .isBetween(granted.getOrDefault(key, 0L), max);
        });
  }
}
