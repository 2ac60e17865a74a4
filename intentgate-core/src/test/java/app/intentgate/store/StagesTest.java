package app.intentgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StagesTest {
  private static final IllegalStateException AWAY = new IllegalStateException("away");

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void a_value_that_is_there_is_used_at_once_and_on_this_thread() {
    AtomicReference<Thread> ran = new AtomicReference<>();

    CompletionStage<String> mapped =
        Stages.map(
            CompletableFuture.completedFuture(7),
            n -> {
              ran.set(Thread.currentThread());
              return "n" + n;
            });

    assertThat(ran.get()).isSameAs(Thread.currentThread());
    assertThat(Stages.isComplete(mapped)).isTrue();
    assertThat(join(mapped)).isEqualTo("n7");
  }

  @Test
  void a_value_that_comes_later_is_used_then() {
    CompletableFuture<Integer> later = new CompletableFuture<>();
    CompletionStage<String> mapped = Stages.map(later, n -> "n" + n);
    CompletionStage<String> chained =
        Stages.then(later, n -> CompletableFuture.completedFuture("m" + n));

    assertThat(Stages.isComplete(mapped)).isFalse();
    later.complete(7);

    assertThat(join(mapped)).isEqualTo("n7");
    assertThat(join(chained)).isEqualTo("m7");
  }

  @Test
  void of_a_failure_nothing_is_made() {
    CompletableFuture<Integer> failed = CompletableFuture.failedFuture(AWAY);

    assertThatThrownBy(() -> join(Stages.map(failed, n -> n + 1)))
        .isInstanceOf(CompletionException.class)
        .hasCause(AWAY);
    assertThatThrownBy(() -> join(Stages.then(failed, CompletableFuture::completedFuture)))
        .hasCause(AWAY);
  }

  @Test
  void a_failure_is_recovered_from_by_what_it_was_and_not_by_its_wrapper() {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    CompletionStage<Integer> wrapped =
        CompletableFuture.<Integer>failedFuture(AWAY).thenApply(n -> n + 1);

    int value =
        join(
            Stages.recover(
                wrapped,
                failure -> {
                  seen.set(failure);
                  return -1;
                }));

    assertThat(value).isEqualTo(-1);
    assertThat(seen.get()).isSameAs(AWAY);
  }

  @Test
  void a_failure_that_comes_later_is_recovered_from_too() {
    CompletableFuture<Integer> later = new CompletableFuture<>();
    CompletionStage<Integer> recovered = Stages.recover(later, failure -> -1);

    later.completeExceptionally(AWAY);

    assertThat(join(recovered)).isEqualTo(-1);
  }

  @Test
  void what_succeeded_needs_no_recovery() {
    CompletableFuture<Integer> there = CompletableFuture.completedFuture(3);

    assertThat(Stages.recover(there, failure -> -1)).isSameAs(there);
  }

  @Test
  void a_stage_that_refuses_to_be_asked_is_asked_by_way_of_a_future() {
    CompletionStage<Integer> minimal = CompletableFuture.completedStage(5);

    assertThat(Stages.isComplete(minimal)).isTrue();
    CompletionStage<String> mapped = Stages.map(minimal, n -> "n" + n);
    assertThat(join(mapped)).isEqualTo("n5");
    CompletionStage<String> chained =
        Stages.then(minimal, n -> CompletableFuture.completedStage("m" + n));
    assertThat(join(chained)).isEqualTo("m5");
    CompletionStage<String> failed = CompletableFuture.failedStage(AWAY);
    assertThat(join(Stages.recover(failed, failure -> "else"))).isEqualTo("else");
  }

  @Test
  void a_cancelled_stage_is_a_failure() {
    CompletableFuture<Integer> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);

    assertThat(Stages.isComplete(cancelled)).isTrue();
    assertThatThrownBy(() -> join(Stages.map(cancelled, n -> n)))
        .hasCauseInstanceOf(CancellationException.class);
  }

  @Test
  void only_the_wrapper_of_futures_is_taken_off() {
    RuntimeException own = new RuntimeException("own", AWAY);

    assertThat(Stages.unwrap(new CompletionException(AWAY))).isSameAs(AWAY);
    assertThat(Stages.unwrap(own)).isSameAs(own);
    CompletionException bare = new CompletionException("bare", null);
    assertThat(Stages.unwrap(bare)).isSameAs(bare);
  }
}
