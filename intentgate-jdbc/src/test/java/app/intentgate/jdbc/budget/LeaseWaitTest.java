package app.intentgate.jdbc.budget;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.jdbc.budget.SharedLedger.Fault;
import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait for the ledger, or for another gate: how many, how long, and what they hear. */
@Timeout(90)
class LeaseWaitTest {
  private static final Charge CALL = new Charge(Kind.CALLS, "acme", "k", 100, 1, null);
  private static final CounterKey KEY = CounterKey.of(CALL);

  private static LeaseOptions options(int maxWaiting, Duration maxWait) {
    return new LeaseOptions(
        true, 1_000, maxWaiting, maxWait, Duration.ofMinutes(5), Duration.ofMinutes(5));
  }

  private static CompletableFuture<ChargeResult> charge(LeasedBudgetStore store, Charge charge) {
    return store.charge(List.of(charge), 0).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS);
  }

  /** A gate that holds so much of the counter and says nothing any more. */
  private static void hold(SharedLedger ledger, String gate, long held) {
    CounterUpdate update =
        new CounterUpdate(
            KEY, ledger.used(KEY), SlidingWindow.EMPTY, null, held, 0, true, List.of(), false);
    ledger
        .of(gate)
        .settle(
            List.of(KEY), (now, states) -> new Settlement(List.of(), List.of(update), Map.of()));
  }

  @Test
  void what_a_silent_gate_holds_is_waited_for_and_then_said_to_be_held() {
    SharedLedger ledger = new SharedLedger();
    hold(ledger, "silent", 100);
    try (LeasedBudgetStore store =
        new LeasedBudgetStore("a", ledger.of("a"), options(100, Duration.ofMillis(100)))) {
      assertThatThrownBy(() -> charge(store, CALL).join())
          .hasCauseInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("another gate holds the rest of max_calls");
      assertThat(ledger.of("silent").recalled()).as("it is asked").containsExactly(KEY);
      Charge wide = new Charge(Kind.CALLS, "acme", "k", 101, 1, null);
      assertThat(charge(store, wide).join().charged()).as("this one fits as it is").isTrue();
      assertThat(charge(store, wide))
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .withMessageContaining("another gate holds the rest");
      hold(ledger, "silent", 0);
      for (int i = 0; i < 99; i++) {
        assertThat(charge(store, CALL).join().charged()).as("call %d", i).isTrue();
      }
      assertThat(charge(store, CALL).join().wouldBe()).isEqualTo(101);
    }
  }

  @Test
  void a_call_that_waits_for_another_gate_goes_on_when_that_is_taken_for_dead() {
    SharedLedger ledger = new SharedLedger();
    hold(ledger, "silent", 40);
    try (LeasedBudgetStore store =
        new LeasedBudgetStore("a", ledger.of("a"), options(100, Duration.ofSeconds(60)))) {
      for (int i = 0; i < 60; i++) {
        assertThat(charge(store, CALL).join().charged()).isTrue();
      }
      CompletableFuture<ChargeResult> waits = charge(store, CALL);
      until("the other is asked", () -> ledger.of("silent").recalled().contains(KEY));
      assertThat(waits).isNotDone();
      ledger.bury("silent");
      assertThat(waits.join().wouldBe()).as("what it held counts as spent").isEqualTo(101);
      assertThat(ledger.used(KEY)).isEqualTo(100);
    }
  }

  @Test
  void as_many_calls_wait_as_may_and_the_next_is_refused_at_once() {
    SlowLedger ledger = new SlowLedger(new ForgetfulLedger());
    try (LeasedBudgetStore store =
        new LeasedBudgetStore("a", ledger, options(3, Duration.ofSeconds(60)))) {
      List<CompletableFuture<ChargeResult>> waiting = new ArrayList<>();
      for (String tenant : List.of("acme", "globex", "initech")) {
        waiting.add(charge(store, callOf(tenant)));
      }
      assertRefused(charge(store, callOf("hooli")), "3 calls wait for the budget ledger already");
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      ledger.goOn();
      waiting.forEach(call -> assertThat(call.join().charged()).isTrue());
      assertThat(charge(store, callOf("hooli")).join().charged())
          .as("there is room again")
          .isTrue();
    }
  }

  @Test
  void of_one_tenant_as_many_calls_wait_as_are_left_for_the_others() {
    SlowLedger ledger = new SlowLedger(new ForgetfulLedger());
    try (LeasedBudgetStore store =
        new LeasedBudgetStore("a", ledger, options(6, Duration.ofSeconds(60)))) {
      List<CompletableFuture<ChargeResult>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiting.add(charge(store, callOf("acme")));
      }
      assertRefused(charge(store, callOf("acme")), "the 3 places left are for other tenants");
      waiting.add(charge(store, callOf("globex")));
      assertRefused(charge(store, callOf("acme")), "the 2 places left are for other tenants");
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      ledger.goOn();
      waiting.forEach(call -> assertThat(call.join().charged()).isTrue());
      assertThat(charge(store, callOf("acme")).join().charged()).as("there is room").isTrue();
    }
  }

  private static Charge callOf(String tenant) {
    return new Charge(Kind.CALLS, tenant, "k", 100, 1, null);
  }

  private static void assertRefused(CompletableFuture<ChargeResult> call, String why) {
    assertThat(call).isCompletedExceptionally();
    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_refusal_that_is_certain_asks_nobody() {
    SharedLedger shared = new SharedLedger();
    SlowLedger ledger = new SlowLedger(shared.of("a"));
    ledger.goOn();
    try (LeasedBudgetStore store =
        new LeasedBudgetStore("a", ledger, options(100, Duration.ofSeconds(60)))) {
      Charge one = new Charge(Kind.CALLS, "acme", "k", 1, 1, null);
      assertThat(charge(store, one).join().charged()).isTrue();
      int rounds = ledger.rounds();
      for (int i = 0; i < 50; i++) {
        assertThat(charge(store, one).join().wouldBe()).isEqualTo(2);
      }
      assertThat(ledger.rounds()).isEqualTo(rounds);
      Charge wider = new Charge(Kind.CALLS, "acme", "k", 2, 1, null);
      assertThat(charge(store, wider).join().charged()).as("of another limit it is not").isTrue();
    }
  }

  @Test
  void after_an_answer_that_was_lost_no_call_is_granted_by_what_was_held() {
    SharedLedger ledger = new SharedLedger();
    try (LeasedBudgetStore store =
        new LeasedBudgetStore("a", ledger.of("a"), options(100, Duration.ofSeconds(60)))) {
      int granted = 0;
      boolean open = true;
      for (int i = 0; open; i++) {
        if (i % 20 == 10) {
          ledger.fault(i % 40 == 10 ? Fault.ANSWER_LOST : Fault.REQUEST_LOST);
        }
        try {
          open = charge(store, CALL).join().charged();
          granted += open ? 1 : 0;
        } catch (RuntimeException e) {
          assertThat(e).hasCauseInstanceOf(LedgerDoubtException.class).hasMessageContaining("lost");
        }
      }
      assertThat(granted).isBetween(1, 99);
      assertThat(charge(store, CALL).join().wouldBe()).isEqualTo(101);
    }
  }
}
