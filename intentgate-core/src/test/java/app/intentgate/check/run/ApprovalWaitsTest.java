package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.NOW;
import static app.intentgate.check.run.Callers.now;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.check.Patience;
import app.intentgate.check.run.ApprovalWaits.End;
import app.intentgate.memory.MemoryApprovalStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApprovalWaitsTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final MemoryApprovalStore store = new MemoryApprovalStore();
  private final AtomicInteger onExecutor = new AtomicInteger();
  private final ApprovalWaits waits =
      new ApprovalWaits(
          store,
          Callers.CLOCK,
          task -> {
            onExecutor.incrementAndGet();
            task.run();
          },
          false);

  @AfterEach
  void close() {
    waits.close();
  }

  private static Approval row(String id, Duration window) {
    return Approval.pending(
        new ApprovalRequest(
            id,
            new ApprovalBinding("acme", "jti", "chain", "bot", "", id, "args", "", "policy"),
            "root",
            null,
            "",
            "",
            false,
            new ApprovalTerms(ApprovalTerms.By.OPERATOR, 2, null),
            NOW,
            NOW.plus(window)));
  }

  private Approval enqueue(String id) {
    return now(store.enqueue(row(id, Duration.ofMinutes(5))));
  }

  private CompletableFuture<End> hold(Approval row, Patience patience) {
    return waits.hold("call", row, patience).toCompletableFuture();
  }

  @Test
  void a_settled_row_lets_all_calls_that_wait_for_it_go_on_and_no_others() {
    Approval one = enqueue("one");
    CompletableFuture<End> first = hold(one, Patience.of(LONG));
    CompletableFuture<End> second = hold(one, Patience.of(LONG));
    CompletableFuture<End> other = hold(enqueue("two"), Patience.of(LONG));
    assertThat(waits.waiting()).isEqualTo(3);
    now(store.decide("one", null, Votes.no()));
    assertThat(now(first)).isEqualTo(End.CHANGED);
    assertThat(now(second)).isEqualTo(End.CHANGED);
    assertThat(onExecutor).as("they go on where they are told to").hasValue(2);
    assertThat(other).isNotDone();
    assertThat(waits.waiting()).isEqualTo(1);
  }

  @Test
  void one_vote_of_two_changes_nothing_for_those_who_wait() {
    CompletableFuture<End> held = hold(enqueue("one"), Patience.of(LONG));
    now(store.decide("one", null, Votes.yes()));
    assertThat(held).isNotDone();
    now(store.makeVoid("one", "acme", "policy changed", NOW));
    assertThat(now(held)).isEqualTo(End.CHANGED);
  }

  @Test
  void a_change_between_the_look_and_the_wait_is_not_missed() {
    Approval seen = enqueue("one");
    now(store.decide("one", null, Votes.no()));
    assertThat(now(hold(seen, Patience.of(LONG)))).isEqualTo(End.CHANGED);
    assertThat(waits.waiting()).isZero();
  }

  @Test
  void patience_that_ends_before_the_window_is_told_from_a_window_that_ends() {
    Approval row = enqueue("one");
    assertThat(now(hold(row, Patience.of(Duration.ofMillis(20))))).isEqualTo(End.IMPATIENT);
    Approval brief = now(store.enqueue(row("two", Duration.ofMillis(20))));
    assertThat(now(hold(brief, Patience.of(LONG)))).isEqualTo(End.CHANGED);
    assertThat(waits.waiting()).isZero();
  }

  @Test
  void no_patience_is_answered_at_once() {
    assertThat(hold(enqueue("one"), Patience.none())).isCompletedWithValue(End.IMPATIENT);
    assertThat(waits.waiting()).isZero();
  }

  @Test
  void a_maker_that_leaves_ends_its_wait_alone_B16() {
    Approval row = enqueue("one");
    Patience leaving = Patience.of(LONG);
    CompletableFuture<End> left = hold(row, leaving);
    CompletableFuture<End> stays = hold(row, Patience.of(LONG));
    leaving.leave();
    assertThat(now(left)).isEqualTo(End.LEFT);
    assertThat(stays).isNotDone();
    assertThat(hold(row, leaving)).as("and none begins").isCompletedWithValue(End.LEFT);
    now(store.decide("one", null, Votes.no()));
    assertThat(now(stays)).isEqualTo(End.CHANGED);
  }

  @Test
  void a_gate_that_stops_ends_every_wait_and_lets_none_begin_B43() {
    Approval row = enqueue("one");
    CompletableFuture<End> held = hold(row, Patience.of(LONG));
    waits.close();
    assertThat(now(held)).isEqualTo(End.STOPPED);
    assertThat(hold(row, Patience.of(LONG))).isCompletedWithValue(End.STOPPED);
    assertThat(waits.waiting()).isZero();
  }

  @Test
  void a_wait_begins_once_for_a_call_and_its_patience_runs_from_then() {
    List<String> begun = new ArrayList<>();
    Patience patience =
        Patience.of(
            (mine, callId, row) -> {
              begun.add(callId + " " + row.id());
              return Duration.ofDays(100_000);
            });
    CompletableFuture<End> first = hold(enqueue("one"), patience);
    now(store.makeVoid("one", "acme", "policy changed", NOW));
    now(first);
    CompletableFuture<End> again = hold(enqueue("two"), patience);
    assertThat(begun).containsExactly("call one");
    assertThat(again).as("longer than time itself fits").isNotDone();
  }

  @Test
  void as_many_calls_wait_as_may_and_one_more_is_answered_at_once() {
    Approval row = enqueue("one");
    try (ApprovalWaits few = new ApprovalWaits(store, Callers.CLOCK, Runnable::run, 2, null)) {
      Patience leaving = Patience.of(LONG);
      CompletableFuture<End> first = few.hold("1", row, leaving).toCompletableFuture();
      CompletableFuture<End> second = few.hold("2", row, Patience.of(LONG)).toCompletableFuture();
      assertThat(few.hold("3", row, Patience.of(LONG)).toCompletableFuture())
          .isCompletedWithValue(End.IMPATIENT);
      assertThat(few.waiting()).isEqualTo(2);
      leaving.leave();
      assertThat(now(first)).isEqualTo(End.LEFT);
      assertThat(few.hold("4", row, Patience.of(LONG)).toCompletableFuture())
          .as("in the place of the one that left")
          .isNotDone();
      assertThat(second).isNotDone();
    }
  }

  @Test
  void a_patience_that_two_calls_share_is_never_seen_before_its_deadline() throws Exception {
    Approval row = enqueue("one");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Patience shared =
        Patience.of(
            (mine, callId, of) -> {
              if (asked.incrementAndGet() == 1) {
                begun.countDown();
                awaitIt(goOn);
              }
              return LONG;
            });
    CompletableFuture<Duration> first =
        CompletableFuture.supplyAsync(
            () -> shared.remaining("1", row), task -> new Thread(task, "first").start());
    awaitIt(begun);
    Duration second = shared.remaining("2", row);
    goOn.countDown();
    assertThat(second).isBetween(Duration.ofMinutes(30), LONG);
    assertThat(now(first)).isBetween(Duration.ofMinutes(30), LONG);
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A store that answers {@code find} as a test says, and remembers who listens. */
  private static final class Unreliable {
    private final AtomicInteger asked = new AtomicInteger();
    private ApprovalListener listener;
    private CompletableFuture<Optional<Approval>> found;

    ApprovalStore store() {
      return (ApprovalStore)
          Proxy.newProxyInstance(
              ApprovalStore.class.getClassLoader(),
              new Class<?>[] {ApprovalStore.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("watch")) {
                  listener = (ApprovalListener) arguments[0];
                  return null;
                }
                asked.incrementAndGet();
                if (found == null) {
                  throw new IllegalStateException("away");
                }
                return found;
              });
    }
  }

  @Test
  void a_store_that_cannot_be_read_now_is_looked_at_again_when_changes_were_missed() {
    Unreliable store = new Unreliable();
    Approval row = row("one", LONG);
    try (ApprovalWaits others =
        new ApprovalWaits(store.store(), Callers.CLOCK, Runnable::run, false)) {
      CompletableFuture<End> held =
          others.hold("call", row, Patience.of(LONG)).toCompletableFuture();
      assertThat(held).isNotDone();
      store.found = CompletableFuture.completedFuture(Optional.of(row.timedOut()));
      store.listener.missed();
      assertThat(now(held)).isEqualTo(End.CHANGED);
    }
  }

  @Test
  void rows_that_nobody_waits_for_any_more_are_not_looked_at_again() {
    Unreliable store = new Unreliable();
    Approval row = row("one", LONG);
    store.found = CompletableFuture.completedFuture(Optional.of(row));
    try (ApprovalWaits others =
        new ApprovalWaits(store.store(), Callers.CLOCK, Runnable::run, false)) {
      Patience leaving = Patience.of(LONG);
      CompletableFuture<End> held = others.hold("call", row, leaving).toCompletableFuture();
      leaving.leave();
      assertThat(now(held)).isEqualTo(End.LEFT);
      store.asked.set(0);
      store.listener.missed();
      assertThat(store.asked).hasValue(0);
    }
  }
}
