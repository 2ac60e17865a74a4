package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(QuietLog.class)
class AuditWriterTest {
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final List<AuditEvent> committed = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore permits = new Semaphore(0);
  private final CountDownLatch taken = new CountDownLatch(1);

  private List<StoredEvent> commit(List<AuditEvent> batch) throws InterruptedException {
    taken.countDown();
    permits.acquire();
    committed.addAll(batch);
    batches.add(batch.size());
    return batch.stream().map(event -> AuditChain.link(event, 1, "")).toList();
  }

  private AuditWriter writer(int maxPending, int maxBatch, Duration maxWait) {
    return new AuditWriter(
        "test", new AuditWriter.Limits(maxPending, maxBatch, maxWait), this::commit, null);
  }

  private static AuditEvent event(int number) {
    return RandomEvents.call("").callId("call-" + number).build();
  }

  private static AuditException.Code failure(CompletionStage<StoredEvent> stage) {
    try {
      stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
      throw new AssertionError("stored");
    } catch (ExecutionException e) {
      return ((AuditException) e.getCause()).code();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatWaitsMeanwhileIsOneBatchInOrder() throws Exception {
    try (AuditWriter writer = writer(1000, 100, Duration.ofSeconds(30))) {
      List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
      stages.add(writer.append(event(0)));
      taken.await();
      for (int i = 1; i <= 250; i++) {
        stages.add(writer.append(event(i)));
      }
      assertThat(stages).noneMatch(stage -> stage.toCompletableFuture().isDone());
      permits.release(1000);
      stages.forEach(stage -> stage.toCompletableFuture().join());
    }
    assertThat(batches).containsExactly(1, 100, 100, 50);
    assertThat(committed).extracting(AuditEvent::callId).doesNotHaveDuplicates();
    for (int i = 0; i < committed.size(); i++) {
      assertThat(committed.get(i).callId()).isEqualTo("call-" + i);
    }
  }

  @Test
  void whoWaitsTooLongIsRefusedAndNeverWritten() throws Exception {
    try (AuditWriter writer = writer(1000, 100, Duration.ofMillis(200))) {
      CompletionStage<StoredEvent> inFlight = writer.append(event(0));
      taken.await();
      CompletionStage<StoredEvent> waiting = writer.append(event(1));

      assertThat(failure(inFlight)).isEqualTo(AuditException.Code.WAIT_EXCEEDED);
      assertThat(failure(waiting)).isEqualTo(AuditException.Code.WAIT_EXCEEDED);
      assertThat(writer.problem()).contains("200 ms");

      permits.release(1000);
      writer.append(event(2)).toCompletableFuture().join();
      assertThat(writer.problem()).isNull();
    }
    // What a committer could not take back is annulled on the chain (B59).
    assertThat(committed)
        .extracting(AuditEvent::callId)
        .containsExactlyInAnyOrder("call-0", "call-2", "call-0");
    AuditEvent annulment =
        committed.stream().filter(e -> e.phase() == AuditPhase.OUTCOME).findAny().orElseThrow();
    assertThat(annulment.callId()).isEqualTo("call-0");
    assertThat(annulment.decision()).isEqualTo(AuditDecision.BLOCK);
    assertThat(annulment.check()).isEqualTo("audit");
  }

  @Test
  void aCommitterThatAsksNeverStoresWhatWasAnsweredAsNotStored() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    List<AuditEvent> stored = Collections.synchronizedList(new ArrayList<>());
    AuditWriter.Committer slow =
        new AuditWriter.Committer() {
          @Override
          public List<StoredEvent> commit(List<AuditEvent> batch) {
            throw new AssertionError("it asks");
          }

          @Override
          public List<StoredEvent> commit(List<AuditEvent> batch, BatchClaim claim)
              throws Exception {
            if (stored.isEmpty()) {
              answered.await();
            }
            if (!claim.enter()) {
              throw new IllegalStateException("given up");
            }
            stored.addAll(batch);
            return batch.stream().map(e -> AuditChain.link(e, 1, "")).toList();
          }
        };
    AuditWriter.Limits limits = new AuditWriter.Limits(1000, 100, Duration.ofMillis(200));
    try (AuditWriter writer = new AuditWriter("asking", limits, slow, null)) {
      CompletionStage<StoredEvent> late = writer.append(event(0));
      assertThat(failure(late)).isEqualTo(AuditException.Code.WAIT_EXCEEDED);
      answered.countDown();
      writer.append(event(1)).toCompletableFuture().join();
    }
    assertThat(stored).extracting(AuditEvent::callId).containsExactly("call-1");
  }

  @Test
  void whoComesWhenTooManyWaitIsRefusedAtOnce() throws Exception {
    try (AuditWriter writer = writer(10, 100, Duration.ofSeconds(30))) {
      List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        stages.add(writer.append(event(i)));
      }
      CompletionStage<StoredEvent> over = writer.append(event(10));

      assertThat(over.toCompletableFuture()).isCompletedExceptionally();
      assertThat(failure(over)).isEqualTo(AuditException.Code.WAIT_EXCEEDED);
      assertThat(writer.failed()).isEqualTo(1);
      permits.release(1000);
      stages.forEach(stage -> stage.toCompletableFuture().join());
      assertThat(writer.appended()).isEqualTo(10);
    }
    assertThat(committed).hasSize(10);
  }

  @Test
  void closingWritesWhatWaits() throws Exception {
    AuditWriter writer = writer(1000, 7, Duration.ofSeconds(30));
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stages.add(writer.append(event(i)));
    }
    permits.release(1000);
    writer.close();

    assertThat(stages).allMatch(stage -> stage.toCompletableFuture().isDone());
    assertThat(committed).hasSize(100);
    assertThat(failure(writer.append(event(101)))).isEqualTo(AuditException.Code.CLOSED);
  }

  @Test
  void aFailedBatchFailsItsCallersAndTheNextOneIsTriedAgain() {
    List<Boolean> fail = new ArrayList<>(List.of(true, true, false));
    try (AuditWriter writer =
        new AuditWriter(
            "test",
            AuditWriter.Limits.ofDefaults(),
            batch -> {
              if (fail.remove(0)) {
                throw new IOException("No space left on device");
              }
              return batch.stream().map(event -> AuditChain.link(event, 1, "")).toList();
            },
            null)) {
      assertThat(failure(writer.append(event(1)))).isEqualTo(AuditException.Code.STORE_UNAVAILABLE);
      assertThat(writer.problem()).contains("No space left on device");
      assertThat(failure(writer.append(event(2)))).isEqualTo(AuditException.Code.STORE_UNAVAILABLE);
      assertThat(writer.append(event(3)).toCompletableFuture().join().seq()).isEqualTo(1);
      assertThat(writer.problem()).isNull();
      assertThat(writer.failed()).isEqualTo(2);
    }
  }

  @Test
  void whatACallerDoesNextNeverRunsOnTheWriter() {
    permits.release(1000);
    try (AuditWriter writer = writer(1000, 100, Duration.ofSeconds(30))) {
      CompletableFuture<String> thread = new CompletableFuture<>();
      for (int i = 0; i < 100; i++) {
        writer
            .append(event(i))
            .thenRun(() -> thread.complete(Thread.currentThread().getName()))
            .exceptionally(
                e -> {
                  throw new CompletionException(e);
                });
      }
      assertThat(thread.join()).doesNotEndWith("-writer");
    }
  }

  /** A failure that not even can be spoken of. */
  private static final class Unspeakable extends Exception {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      throw new OutOfMemoryError("no room for the message");
    }
  }

  @Test
  void nobodyWaitsForAWriterThatHasEnded() throws Exception {
    AuditWriter.Committer deadly =
        batch -> {
          taken.countDown();
          permits.acquire();
          throw new Unspeakable();
        };
    try (AuditWriter writer =
        new AuditWriter(
            "test", new AuditWriter.Limits(100, 1, Duration.ofHours(1)), deadly, null)) {
      CompletionStage<StoredEvent> inHand = writer.append(event(0));
      taken.await();
      CompletionStage<StoredEvent> waiting = writer.append(event(1));
      permits.release();

      assertThat(failure(inHand)).isEqualTo(AuditException.Code.CLOSED);
      assertThat(failure(waiting)).isEqualTo(AuditException.Code.CLOSED);
      assertThat(failure(writer.append(event(2)))).isEqualTo(AuditException.Code.CLOSED);
      assertThat(writer.problem()).contains("the audit writer has ended");
    }
  }

  @Test
  void aWriterOutlivesAnExecutorThatHasNoThread() {
    permits.release(1000);
    AuditWriter.Limits limits = new AuditWriter.Limits(100, 1, Duration.ofHours(1));
    try (AuditWriter writer =
        new AuditWriter(
            "test",
            limits,
            this::commit,
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            })) {
      for (int i = 0; i < 3; i++) {
        assertThat(writer.append(event(i)).toCompletableFuture()).succeedsWithin(WAIT);
      }
    }
  }

  @Test
  void whatIsDoneAfterABatchDelaysNoneOfItsCallers() {
    permits.release(1000);
    CountDownLatch answered = new CountDownLatch(1);
    AuditWriter.Limits limits = new AuditWriter.Limits(100, 1, Duration.ofHours(1));
    try (AuditWriter writer =
        new AuditWriter(
            "test",
            limits,
            this::commit,
            null,
            () -> {
              try {
                answered.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      assertThat(writer.append(event(0)).toCompletableFuture()).succeedsWithin(WAIT);
      answered.countDown();
    }
  }
}
