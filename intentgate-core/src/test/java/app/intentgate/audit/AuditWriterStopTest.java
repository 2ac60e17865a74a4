package app.intentgate.audit;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gate that stops while events are being stored answers every one of them, and truly. */
@Timeout(120)
@ExtendWith(QuietLog.class)
class AuditWriterStopTest {
  private final List<AuditEvent> committed = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore permits = new Semaphore(0);
  private final CountDownLatch taken = new CountDownLatch(1);

  private List<StoredEvent> commit(List<AuditEvent> batch) throws InterruptedException {
    taken.countDown();
    permits.acquire();
    committed.addAll(batch);
    return batch.stream().map(event -> AuditChain.link(event, 1, "")).toList();
  }

  private AuditWriter writer(Duration maxWait) {
    return new AuditWriter("stop", new AuditWriter.Limits(1000, 10, maxWait), this::commit, null);
  }

  private static AuditEvent event(int number) {
    return RandomEvents.call("acme").callId("call-" + number).build();
  }

  /** Why it failed; null when it was stored. */
  private static AuditException.@Nullable Code failure(CompletionStage<StoredEvent> stage) {
    return stage
        .handle((stored, e) -> e == null ? null : ((AuditException) e).code())
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static Thread closing(AutoCloseable what) {
    Thread thread =
        new Thread(
            () -> {
              try {
                what.close();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void a_stop_waits_for_the_batch_in_hand_and_for_what_waits_behind_it() throws Exception {
    AuditWriter writer = writer(Duration.ofMinutes(5));
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    stages.add(writer.append(event(0)));
    taken.await();
    for (int i = 1; i < 35; i++) {
      stages.add(writer.append(event(i)));
    }
    Thread stop = closing(writer);
    until(() -> "the audit store is closed".equals(writer.problem()));

    assertThat(failure(writer.append(event(99)))).isEqualTo(AuditException.Code.CLOSED);
    assertThat(stages).noneMatch(stage -> stage.toCompletableFuture().isDone());
    assertThat(writer.pending()).isEqualTo(35);
    permits.release(1000);
    stop.join();

    assertThat(stages).allMatch(stage -> failure(stage) == null);
    assertThat(committed).hasSize(35);
    assertThat(writer.pending()).isZero();
    assertThat(writer.appended()).isEqualTo(35);
    assertThat(writer.failed()).isEqualTo(1);
  }

  @Test
  void whoever_waits_for_a_store_that_stands_still_is_answered_while_it_stops() throws Exception {
    AuditWriter writer = writer(Duration.ofMillis(100));
    CompletionStage<StoredEvent> inHand = writer.append(event(0));
    taken.await();
    CompletionStage<StoredEvent> waiting = writer.append(event(1));
    Thread stop = closing(writer);

    assertThat(failure(inHand)).isEqualTo(AuditException.Code.WAIT_EXCEEDED);
    assertThat(failure(waiting)).isEqualTo(AuditException.Code.WAIT_EXCEEDED);
    permits.release(1000);
    stop.join();

    // It was stored all the same, and the chain says that it did not count; the other never was.
    assertThat(committed).extracting(AuditEvent::callId).containsExactly("call-0", "call-0");
    assertThat(committed.get(1).phase()).isEqualTo(AuditPhase.OUTCOME);
    assertThat(writer.pending()).isZero();
  }

  @Test
  void callers_at_once_with_a_stop_are_told_what_the_file_holds(@TempDir Path directory)
      throws Exception {
    Path log = directory.resolve("audit.jsonl");
    int before = 0;
    for (int round = 0; round < 5; round++) {
      FileAuditStore store = FileAuditStore.open(log);
      List<CompletionStage<StoredEvent>> stages = Collections.synchronizedList(new ArrayList<>());
      List<Thread> callers = new ArrayList<>();
      CountDownLatch begun = new CountDownLatch(3);
      for (int c = 0; c < 3; c++) {
        Thread caller =
            new Thread(
                () -> {
                  boolean open = true;
                  for (int i = 0; i < 20_000 && open; i++) {
                    CompletionStage<StoredEvent> stage = store.append(event(i));
                    stages.add(stage);
                    begun.countDown();
                    open = failure(stage) == null;
                  }
                });
        caller.start();
        callers.add(caller);
      }
      begun.await();
      store.close();
      for (Thread caller : callers) {
        caller.join();
      }
      List<StoredEvent> answered = new ArrayList<>();
      for (CompletionStage<StoredEvent> stage : stages) {
        if (failure(stage) == null) {
          answered.add(stage.toCompletableFuture().join());
        } else {
          assertThat(failure(stage)).isEqualTo(AuditException.Code.CLOSED);
        }
      }
      try (FileAuditStore again = FileAuditStore.open(log)) {
        List<StoredEvent> kept = new ArrayList<>();
        again.export(AuditQuery.all(), kept::add);
        assertThat(kept).containsAll(answered);
        assertThat(kept.size()).isEqualTo(answered.size() + before);
        before = kept.size();
        assertThat(again.verify("acme", null, null).ok()).isTrue();
      }
    }
  }

  @Test
  void stopping_twice_is_stopping_once() {
    permits.release(1000);
    AuditWriter writer = writer(Duration.ofMinutes(5));
    CompletionStage<StoredEvent> stage = writer.append(event(0));
    writer.close();
    writer.close();
    assertThat(failure(stage)).isNull();
  }

  @Test
  void a_stop_that_is_interrupted_says_so_to_its_thread() throws Exception {
    AuditWriter writer = writer(Duration.ofMinutes(5));
    CompletionStage<StoredEvent> stage = writer.append(event(0));
    taken.await();
    Thread.currentThread().interrupt();
    writer.close();
    assertThat(Thread.interrupted()).isTrue();
    permits.release(1000);
    assertThat(failure(stage)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, PT1S", "1, 0, PT1S", "1, 1, PT0S", "1, 1, -PT1S", "-1, 1, PT1S"})
  void limits_of_nothing_are_refused(int maxPending, int maxBatch, Duration maxWait) {
    assertThatThrownBy(() -> new AuditWriter.Limits(maxPending, maxBatch, maxWait))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be positive");
    assertThat(new AuditWriter.Limits(1, 1, Duration.ofNanos(1)).maxPending()).isEqualTo(1);
    assertThat(AuditWriter.Limits.ofDefaults())
        .isEqualTo(new AuditWriter.Limits(20_000, 1_000, Duration.ofSeconds(5)));
  }

  @Test
  void a_committer_that_stores_another_number_of_events_has_failed() {
    try (AuditWriter writer =
        new AuditWriter("count", AuditWriter.Limits.ofDefaults(), batch -> List.of(), null)) {
      CompletionStage<StoredEvent> stage = writer.append(event(0));
      assertThat(failure(stage)).isEqualTo(AuditException.Code.STORE_UNAVAILABLE);
      assertThat(writer.problem()).contains("0 of 1 were stored");
    }
  }
}
