package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every stage that was handed out completes, whatever the database does. */
@Timeout(60)
class OffloadTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofMillis(500);
  private static final int THREADS = 3;

  private final CountDownLatch begun = new CountDownLatch(THREADS);
  private final CountDownLatch database = new CountDownLatch(1);
  private final AtomicInteger done = new AtomicInteger();

  /** As a driver does that waits for an answer: an interrupt changes nothing. */
  private int hang() {
    begun.countDown();
    boolean answered = false;
    while (!answered) {
      try {
        database.await();
        answered = true;
      } catch (InterruptedException e) {
        answered = false;
      }
    }
    return done.incrementAndGet();
  }

  private List<CompletionStage<Integer>> busy(Offload offload) throws InterruptedException {
    List<CompletionStage<Integer>> stages = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      stages.add(offload.run(this::hang));
    }
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    return stages;
  }

  private static void assertFails(CompletionStage<Integer> stage, String why) {
    assertThat(stage.toCompletableFuture())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withCauseInstanceOf(StoreUnavailableException.class)
        .withMessageContaining(why);
  }

  @Test
  void at_closing_what_runs_and_what_waits_fails_and_what_waited_is_never_done() throws Exception {
    Offload offload = new Offload("test", LONG, SOON);
    try {
      List<CompletionStage<Integer>> stages = busy(offload);
      AtomicInteger late = new AtomicInteger();
      stages.add(offload.run(late::incrementAndGet));
      offload.close();
      assertThat(stages)
          .allSatisfy(
              stage -> assertThat(stage.toCompletableFuture().isCompletedExceptionally()).isTrue());
      for (CompletionStage<Integer> stage : stages) {
        assertFails(stage, "closed before the database answered");
      }
      assertFails(offload.run(late::incrementAndGet), "it is closed");
      database.countDown();
      assertThat(late).hasValue(0);
    } finally {
      database.countDown();
    }
  }

  @Test
  void closing_finishes_what_waits_when_the_database_answers() throws Exception {
    Offload offload = new Offload("test", LONG, LONG);
    List<CompletionStage<Integer>> stages = busy(offload);
    stages.add(offload.run(done::incrementAndGet));
    database.countDown();
    offload.close();
    assertThat(stages).allMatch(stage -> stage.toCompletableFuture().isDone());
    assertThat(done).hasValue(THREADS + 1);
    assertThat(stages.get(THREADS).toCompletableFuture()).isCompleted();
  }

  @Test
  void what_takes_too_long_fails_and_what_waited_for_it_is_not_done_later() throws Exception {
    try (Offload offload = new Offload("test", Duration.ofSeconds(2), LONG)) {
      List<CompletionStage<Integer>> stages = busy(offload);
      AtomicInteger late = new AtomicInteger();
      stages.add(offload.run(late::incrementAndGet));
      for (CompletionStage<Integer> stage : stages) {
        assertFails(stage, "did not answer in time");
      }
      database.countDown();
      assertThat(offload.run(() -> 7).toCompletableFuture()).succeedsWithin(LONG).isEqualTo(7);
      assertThat(late).hasValue(0);
    } finally {
      database.countDown();
    }
  }

  @Test
  void what_does_not_fit_fails_at_once() throws Exception {
    Offload offload = new Offload("test", LONG, LONG);
    try {
      List<CompletionStage<Integer>> stages = busy(offload);
      for (int i = 0; i < 2_000; i++) {
        stages.add(offload.run(done::incrementAndGet));
      }
      CompletionStage<Integer> over = offload.run(done::incrementAndGet);
      assertThat(over.toCompletableFuture()).isCompletedExceptionally();
      assertThat(stages).noneMatch(stage -> stage.toCompletableFuture().isDone());
    } finally {
      database.countDown();
      offload.close();
    }
    assertThat(done).hasValue(2_000 + THREADS);
  }
}
