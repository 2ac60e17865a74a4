package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An event that a store can never take, among others that it takes (B26, B59). */
@Timeout(60)
@ExtendWith(QuietLog.class)
class RefusedEventTest {
  private static final int EVENTS = 100;

  private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger attempts = new AtomicInteger();
  private final CountDownLatch taken = new CountDownLatch(1);
  private final CountDownLatch gathered = new CountDownLatch(1);

  private static AuditWriter.Limits limits(Duration maxWait) {
    return new AuditWriter.Limits(1_000, EVENTS, maxWait);
  }

  private static AuditEvent event(String call) {
    return RandomEvents.call("").callId(call).build();
  }

  /** Why it was not stored; null when it was. */
  private static AuditException.@Nullable Code failure(CompletionStage<StoredEvent> stage)
      throws Exception {
    try {
      stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return ((AuditException) e.getCause()).code();
    }
  }

  private List<StoredEvent> store(List<AuditEvent> batch) {
    batch.forEach(event -> stored.add(event.callId()));
    return batch.stream().map(event -> AuditChain.link(event, 1, "")).toList();
  }

  /** The first batch waits until all others are there. */
  private void gather(List<AuditEvent> batch) throws InterruptedException {
    if (batch.get(0).callId().equals("first")) {
      taken.countDown();
      gathered.await();
    }
  }

  private List<StoredEvent> choosy(List<AuditEvent> batch) throws InterruptedException {
    gather(batch);
    attempts.incrementAndGet();
    if (batch.stream().anyMatch(event -> event.callId().startsWith("bad"))) {
      throw new AuditException(AuditException.Code.EVENT_REFUSED, "not this one");
    }
    return store(batch);
  }

  @Test
  void failsAloneAndTheRestIsStoredInOrder() throws Exception {
    List<Integer> bad = List.of(0, 41, 42, EVENTS - 1);
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    List<String> expected = new ArrayList<>(List.of("first"));
    try (AuditWriter writer =
        new AuditWriter("test", limits(Duration.ofMinutes(5)), this::choosy, null)) {
      writer.append(event("first"));
      taken.await();
      for (int i = 0; i < EVENTS; i++) {
        boolean refused = bad.contains(i);
        stages.add(writer.append(event((refused ? "bad-" : "good-") + i)));
        if (!refused) {
          expected.add("good-" + i);
        }
      }
      gathered.countDown();
      for (int i = 0; i < EVENTS; i++) {
        assertThat(failure(stages.get(i)))
            .as("event %d", i)
            .isEqualTo(bad.contains(i) ? AuditException.Code.EVENT_REFUSED : null);
      }
      assertThat(stored).isEqualTo(expected);
      assertThat(writer.failed()).isEqualTo(bad.size());
      assertThat(writer.appended()).isEqualTo(expected.size());
      assertThat(writer.problem()).as("the store takes everything else").isNull();
      // Each of them costs two tries a level at most.
      assertThat(attempts.get()).isLessThanOrEqualTo(1 + 1 + 2 * 7 * bad.size());
    }
  }

  @Test
  void aFailureThatMayPassDoesNotTakeABatchApart() throws Exception {
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    try (AuditWriter writer =
        new AuditWriter(
            "test",
            limits(Duration.ofMinutes(5)),
            batch -> {
              gather(batch);
              attempts.incrementAndGet();
              throw new IOException("away");
            },
            null)) {
      stages.add(writer.append(event("first")));
      taken.await();
      for (int i = 0; i < EVENTS; i++) {
        stages.add(writer.append(event("call-" + i)));
      }
      gathered.countDown();
      for (CompletionStage<StoredEvent> stage : stages) {
        assertThat(failure(stage)).isEqualTo(AuditException.Code.STORE_UNAVAILABLE);
      }
    }
    assertThat(attempts).hasValue(2);
  }

  /** Refuses two at once; then takes so long for one of them that the other one is late as well. */
  private final class Slow implements AuditWriter.Committer {
    private volatile long until;

    @Override
    public List<StoredEvent> commit(List<AuditEvent> batch) {
      throw new AssertionError("it asks");
    }

    @Override
    public List<StoredEvent> commit(List<AuditEvent> batch, BatchClaim claim) throws Exception {
      gather(batch);
      if (batch.size() > 1) {
        throw new AuditException(AuditException.Code.EVENT_REFUSED, "not these");
      }
      if (batch.get(0).callId().equals("slow")) {
        while (claim.isOpen() || until - System.nanoTime() > 0) {
          LockSupport.parkNanos(1_000_000);
        }
      }
      if (!claim.enter()) {
        throw new IllegalStateException("given up");
      }
      return store(batch);
    }
  }

  @Test
  void whatWasRefusedInTimeWhileAnotherPartWasTriedIsNotStoredLater() throws Exception {
    Duration wait = Duration.ofSeconds(1);
    Slow committer = new Slow();
    try (AuditWriter writer = new AuditWriter("test", limits(wait), committer, null)) {
      CompletionStage<StoredEvent> first = writer.append(event("first"));
      taken.await();
      CompletionStage<StoredEvent> slow = writer.append(event("slow"));
      CompletionStage<StoredEvent> other = writer.append(event("other"));
      committer.until = System.nanoTime() + wait.toNanos();
      gathered.countDown();
      assertThat(failure(first)).isNull();
      assertThat(failure(slow)).isEqualTo(AuditException.Code.WAIT_EXCEEDED);
      assertThat(failure(other)).isEqualTo(AuditException.Code.WAIT_EXCEEDED);
      assertThat(failure(writer.append(event("after")))).isNull();
    }
    assertThat(stored).containsExactly("first", "after");
  }
}
