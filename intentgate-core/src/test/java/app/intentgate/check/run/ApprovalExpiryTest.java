package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.memory.MemoryApprovalStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApprovalExpiryTest {
  private final MemoryApprovalStore rows = new MemoryApprovalStore();
  private final HandTimer timer = new HandTimer();
  private final Clock late = Clock.offset(Callers.CLOCK, Duration.ofMinutes(10));

  /** A timer that a test turns by hand. */
  private static final class HandTimer extends ScheduledThreadPoolExecutor {
    private final Queue<Runnable> due = new ArrayDeque<>();

    HandTimer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      if (isShutdown()) {
        throw new RejectedExecutionException("shut down");
      }
      due.add(task);
      return null;
    }

    /** Runs what is due, at most so many times; how often there was something. */
    int turn(int times) {
      int turned = 0;
      while (turned < times && !due.isEmpty()) {
        due.remove().run();
        turned++;
      }
      return turned;
    }
  }

  private static Approval row(String id) {
    return Approval.pending(
        new ApprovalRequest(
            id,
            new ApprovalBinding("acme", "jti", "chain", "bot", "", id, "args", "", "policy"),
            "root",
            null,
            "",
            "",
            false,
            new ApprovalTerms(ApprovalTerms.By.OPERATOR, 1, null),
            NOW,
            NOW.plus(Duration.ofMinutes(5))));
  }

  private ApprovalExpiry expiry(ApprovalStore store, Clock clock) {
    return new ApprovalExpiry(store, clock, timer, Duration.ofSeconds(1));
  }

  private Status status(String id) {
    return Callers.now(rows.find(id, null)).orElseThrow().status();
  }

  @Test
  void no_timer_runs_while_no_row_waits() {
    expiry(rows, late).start();
    assertThat(timer.turn(1)).isZero();
  }

  @Test
  void rows_of_before_the_start_are_marked_at_once_and_looked_at_while_one_is_left() {
    Callers.now(rows.enqueue(row("one")));
    expiry(rows, late).start();
    assertThat(status("one")).isEqualTo(Status.TIMEOUT);
    assertThat(timer.turn(1)).as("none is left").isZero();
    Callers.now(rows.enqueue(row("two")));
    expiry(rows, Callers.CLOCK).start();
    assertThat(status("two")).isEqualTo(Status.PENDING);
    assertThat(timer.turn(1)).isOne();
  }

  @Test
  void a_new_row_wakes_it_and_the_timer_rests_a_minute_after_the_last_one_is_gone() {
    ApprovalExpiry expiry = expiry(rows, late);
    expiry.start();
    Callers.now(rows.enqueue(row("one")));
    expiry.wake();
    expiry.wake();
    assertThat(timer.due).as("one timer however many rows come").hasSize(1);
    assertThat(timer.turn(1)).isOne();
    assertThat(status("one")).isEqualTo(Status.TIMEOUT);
    assertThat(timer.turn(1000)).isEqualTo(59);
    Callers.now(rows.enqueue(row("two")));
    expiry.wake();
    assertThat(timer.turn(1)).as("it can be woken again").isOne();
    assertThat(status("two")).isEqualTo(Status.TIMEOUT);
  }

  @Test
  void it_goes_on_for_as_long_as_a_row_waits() {
    ApprovalExpiry expiry = expiry(rows, Callers.CLOCK);
    Callers.now(rows.enqueue(row("one")));
    expiry.start();
    assertThat(timer.turn(1000)).isEqualTo(1000);
  }

  @Test
  void a_row_that_comes_while_the_store_counts_is_not_missed() {
    ApprovalExpiry[] woken = new ApprovalExpiry[1];
    ApprovalStore counting =
        store(
            name -> {
              if (name.equals("waiting")) {
                woken[0].wake();
                return 0;
              }
              return CompletableFuture.completedFuture(null);
            });
    woken[0] = expiry(counting, late);
    woken[0].start();
    assertThat(timer.due).hasSize(1);
  }

  @Test
  void a_store_that_is_away_is_tried_again() {
    Queue<String> answers = new ArrayDeque<>();
    ApprovalStore away =
        store(
            name -> {
              answers.add(name);
              if (answers.size() == 1) {
                throw new IllegalStateException("away");
              }
              return answers.size() == 2
                  ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                  : CompletableFuture.completedFuture(null);
            });
    expiry(away, late).start();
    assertThat(timer.turn(2)).isEqualTo(2);
    assertThat(answers).containsExactly("expire", "expire", "expire");
    assertThat(timer.due).hasSize(1);
  }

  @Test
  void a_store_that_cannot_count_is_taken_to_have_rows() {
    ApprovalStore unable =
        store(
            name -> {
              if (name.equals("waiting")) {
                throw new IllegalStateException("cannot count");
              }
              return CompletableFuture.completedFuture(null);
            });
    expiry(unable, late).start();
    assertThat(timer.due).hasSize(1);
  }

  @Test
  void it_ends_with_its_timer() {
    Callers.now(rows.enqueue(row("one")));
    ApprovalExpiry expiry = expiry(rows, Callers.CLOCK);
    timer.shutdownNow();
    expiry.start();
    expiry.wake();
    assertThat(timer.due).isEmpty();
  }

  private interface Answers {
    Object to(String method);
  }

  private static ApprovalStore store(Answers answers) {
    return (ApprovalStore)
        Proxy.newProxyInstance(
            ApprovalStore.class.getClassLoader(),
            new Class<?>[] {ApprovalStore.class},
            (proxy, method, arguments) -> answers.to(method.getName()));
  }
}
