package app.intentgate.jdbc.budget;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one tenant, one round and one call can take of the room for counters. */
class LeaseBoundsTest {
  private static final long MINUTE = 60_000;

  @TempDir Path directory;

  private static Charge calls(String tenant, String key, long max) {
    return new Charge(Kind.CALLS, tenant, key, max, 1, null);
  }

  private static ChargeResult result(CompletionStage<ChargeResult> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static boolean charged(LeasedBudgetStore store, Charge charge) {
    return result(store.charge(List.of(charge), System.currentTimeMillis())).charged();
  }

  private static LeaseOptions options(boolean shared, int maxCounters, Duration idle) {
    return new LeaseOptions(
        shared, maxCounters, 100_000, Duration.ofSeconds(50), idle, Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @EnumSource
  void a_tenant_that_has_its_share_of_the_counters_leaves_room_for_others(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory);
        LeasedBudgetStore store =
            new LeasedBudgetStore(
                "a",
                new SqlBudgetLedger(database, "a", Clock.systemUTC()),
                options(database.dialect().isShared(), 6, Duration.ofMinutes(5)))) {
      for (String key : List.of("a1", "a2", "a3")) {
        assertThat(charged(store, calls("acme", key, 9))).isTrue();
      }
      assertThatThrownBy(() -> charged(store, calls("acme", "a4", 9)))
          .hasCauseInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("this tenant has its share")
          .hasMessageContaining("the 3 that are left are for others");
      assertThat(charged(store, calls("acme", "a1", 9))).as("one that is there").isTrue();
      assertThat(charged(store, calls("globex", "g1", 9))).isTrue();
      assertThat(charged(store, calls("globex", "g2", 9))).isTrue();
      assertThat(charged(store, calls("initech", "i1", 9))).isTrue();
      assertThatThrownBy(() -> charged(store, calls("hooli", "h1", 9)))
          .hasMessageContaining("all 6 budget counters that fit in memory are in use");
    }
  }

  @Test
  void counters_that_are_forgotten_no_longer_count_for_their_tenant() {
    LocalCounters counters = new LocalCounters(4);
    LocalCounters.unlock(counters.lock(List.of(calls("acme", "a1", 9), calls("acme", "a2", 9))));
    assertThatThrownBy(() -> counters.lock(List.of(calls("acme", "a3", 9))))
        .hasMessageContaining("this tenant has its share");
    counters.sweep(System.currentTimeMillis(), 1_000);
    assertThat(counters.get(CounterKey.of(calls("acme", "a1", 9)))).isNull();
    LocalCounters.unlock(counters.lock(List.of(calls("acme", "a3", 9), calls("acme", "a4", 9))));
  }

  /** Of more counters than any statement can name, all of them in the ledger's way at once. */
  @ParameterizedTest
  @EnumSource
  void many_calls_of_many_counters_at_once_are_charged(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      SlowLedger ledger = new SlowLedger(new SqlBudgetLedger(database, "a", Clock.systemUTC()));
      try (LeasedBudgetStore store =
          new LeasedBudgetStore(
              "a",
              ledger,
              options(database.dialect().isShared(), 200_000, Duration.ofMinutes(5)))) {
        List<CompletionStage<ChargeResult>> results = new ArrayList<>();
        results.add(store.charge(List.of(calls("acme", "first", 9)), MINUTE));
        until(() -> ledger.rounds() == 1);
        for (int call = 0; call < 280; call++) {
          int number = call;
          List<Charge> charges =
              IntStream.range(0, 64)
                  .mapToObj(limit -> calls("acme", number + "-" + limit, 9))
                  .toList();
          results.add(store.charge(charges, MINUTE));
        }
        ledger.goOn();
        assertThat(results).allSatisfy(stage -> assertThat(result(stage).charged()).isTrue());
        assertThat(ledger.largest()).isLessThanOrEqualTo(LedgerRounds.MAX_COUNTERS);
        assertThat(result(store.charge(List.of(calls("acme", "279-63", 1)), MINUTE)).wouldBe())
            .as("what the last call spent is known")
            .isEqualTo(2);
      }
    }
  }

  @Test
  void what_others_want_back_goes_in_rounds_of_a_bounded_size() {
    SlowLedger ledger = new SlowLedger(new ForgetfulLedger());
    ledger.goOn();
    try (LeasedBudgetStore store =
        new LeasedBudgetStore("a", ledger, options(true, 200_000, Duration.ofMinutes(5)))) {
      List<CompletableFuture<ChargeResult>> asked = new ArrayList<>();
      List<CounterKey> keys = new ArrayList<>();
      for (int i = 0; i < 9 * LedgerRounds.MAX_COUNTERS; i++) {
        Charge charge = calls("acme", "k" + i, 100_000);
        keys.add(CounterKey.of(charge));
        // Only a counter that is used again is worth a lease.
        for (int use = 0; use < 2; use++) {
          asked.add(store.charge(List.of(charge), MINUTE).toCompletableFuture());
        }
      }
      asked.forEach(LeaseBoundsTest::result);
      for (CounterKey key : keys) {
        while (ledger.held(key) == 0) {
          result(store.charge(List.of(calls("acme", key.counter(), 100_000)), MINUTE));
        }
      }
      // On a slow machine some lie for so long that they are not worth one any more.
      assumeThat(store.leases()).isGreaterThan(3 * LedgerRounds.MAX_COUNTERS);
      ledger.recall(keys);
      store.lookForRecalls();
      until(() -> store.leases() == 0);
      assertThat(ledger.largest()).isLessThanOrEqualTo(2 * LedgerRounds.MAX_COUNTERS);
    }
  }

  @Test
  void a_call_of_more_counters_than_a_round_can_name_is_refused_and_holds_nobody_up() {
    SlowLedger ledger = new SlowLedger(new ForgetfulLedger());
    ledger.goOn();
    try (LeasedBudgetStore store =
        new LeasedBudgetStore("a", ledger, options(true, 200_000, Duration.ofMinutes(5)))) {
      List<Charge> tooMany =
          IntStream.rangeClosed(0, LedgerRounds.MAX_COUNTERS)
              .mapToObj(i -> calls("acme", "k" + i, 9))
              .toList();
      assertThatThrownBy(() -> result(store.charge(tooMany, MINUTE)))
          .hasCauseInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("a call may be charged to 1024 counters, and not to 1025");
      assertThat(charged(store, calls("acme", "k0", 9))).isTrue();
    }
  }
}
