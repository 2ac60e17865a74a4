package app.intentgate.audit;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fill up, fail and come back: what was answered is there, what was not is not. */
@Timeout(120)
@ExtendWith(QuietLog.class)
class FileAuditStoreFaultTest {
  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = directory.resolve("audit.jsonl");
  }

  /** A disk with room for so many bytes, and whose next operations may fail. */
  private static final class Disk implements FileAuditStoreBuilder.LogOpener {
    private volatile long room = Long.MAX_VALUE;
    private volatile double failing;

    /** How often there was no room. */
    private final AtomicInteger full = new AtomicInteger();

    private volatile @Nullable CountDownLatch still;
    private volatile long delayMillis;
    private final Random random;

    Disk(long seed) {
      random = new Random(seed);
    }

    private void mayFail(String what) throws IOException {
      if (random.nextDouble() < failing) {
        throw new IOException(what + " failed");
      }
    }

    private void standStill() throws IOException {
      CountDownLatch until = still;
      try {
        TimeUnit.MILLISECONDS.sleep(delayMillis);
        if (until != null && !until.await(60, TimeUnit.SECONDS)) {
          throw new IOException("the test forgot its disk");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public AppendFile open(Path path) throws IOException {
      AppendFile file = AppendFile.open(path);
      return new AppendFile() {
        private long size = Files.size(path);

        @Override
        public void append(ByteBuffer bytes) throws IOException {
          long fits = Math.min(bytes.remaining(), Math.max(0, room - size));
          boolean all = fits == bytes.remaining();
          if (random.nextDouble() < failing) {
            fits = random.nextInt((int) fits + 1);
            all = false;
          }
          ByteBuffer part = bytes.slice().limit((int) fits);
          file.append(part);
          size += fits;
          if (!all) {
            full.incrementAndGet();
            throw new IOException("No space left on device");
          }
          bytes.position(bytes.limit());
        }

        @Override
        public void force() throws IOException {
          standStill();
          mayFail("force");
          file.force();
        }

        @Override
        public void truncate(long newSize) throws IOException {
          mayFail("truncate");
          file.truncate(newSize);
          size = newSize;
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }

  private FileAuditStore open(Disk disk) {
    return FileAuditStore.builder(log).logOpener(disk).open();
  }

  @Test
  void aFullDiskFailsClosedSaysSoAndRecovers() {
    Disk disk = new Disk(1);
    List<StoredEvent> answered = new ArrayList<>();
    try (FileAuditStore store = open(disk)) {
      answered.add(FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build())));
      disk.room = 1000;
      int refused = 0;
      for (int i = 0; i < 10; i++) {
        try {
          answered.add(FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build())));
        } catch (CompletionException e) {
          refused++;
          assertThat(((AuditException) e.getCause()).code())
              .isEqualTo(AuditException.Code.STORE_UNAVAILABLE);
        }
      }
      assertThat(refused).isPositive();
      assertThat(store.health().available()).isFalse();
      assertThat(store.health().problem()).contains("No space left on device");
      assertThat(store.verify("acme", null, null).ok()).isTrue();

      disk.room = Long.MAX_VALUE;
      answered.add(FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build())));
      assertThat(store.health().available()).isTrue();
    }
    assertExactly(answered);
  }

  @Test
  void aStoreThatNobodyAsksForAnythingSeesThatItsDiskIsBack() throws Exception {
    Disk disk = new Disk(1);
    List<StoredEvent> answered = new ArrayList<>();
    try (FileAuditStore store = open(disk)) {
      answered.add(FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build())));
      disk.room = 10;
      assertThat(store.append(RandomEvents.call("acme").build()).toCompletableFuture())
          .failsWithin(Duration.ofSeconds(20));
      assertThat(store.health().available()).isFalse();
      int before = disk.full.get();
      until("a look at the disk", () -> disk.full.get() > before);
      assertThat(store.health().available()).as("while it is full").isFalse();

      disk.room = Long.MAX_VALUE;
      until(() -> store.health().available());
      answered.add(FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build())));
    }
    assertExactly(answered);
  }

  @Test
  void aSlowDiskIsWaitedFor() {
    Disk disk = new Disk(1);
    List<StoredEvent> answered = new ArrayList<>();
    try (FileAuditStore store = open(disk)) {
      disk.delayMillis = 50;
      answered.add(FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build())));
      answered.add(FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build())));
      assertThat(store.health().available()).isTrue();
      assertThat(store.health().failed()).isZero();
    }
    assertExactly(answered);
  }

  private static boolean isOf(AuditEvent event, AuditEvent decision) {
    return event.callId().equals(decision.callId());
  }

  private static void untilAppended(FileAuditStore store) {
    AuditEvent event = RandomEvents.call("acme").build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!store.append(event).toCompletableFuture().handle((e, f) -> f == null).join()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
    }
  }

  @Test
  void aDiskThatStandsStillIsGivenUpInTimeAndWhatItStoresAfterwardsIsAnnulled() {
    Disk disk = new Disk(1);
    CountDownLatch until = new CountDownLatch(1);
    disk.still = until;
    AuditWriter.Limits limits = new AuditWriter.Limits(100, 100, Duration.ofMillis(150));
    try (FileAuditStore store = FileAuditStore.builder(log).logOpener(disk).limits(limits).open()) {
      AuditEvent late = RandomEvents.call("acme").callId("late").build();
      AuditEvent waiting = RandomEvents.call("acme").callId("waiting").build();
      for (AuditEvent event : List.of(late, waiting)) {
        assertThat(store.append(event).toCompletableFuture())
            .failsWithin(Duration.ofSeconds(20))
            .withThrowableOfType(ExecutionException.class)
            .withCauseInstanceOf(AuditException.class);
      }
      assertThat(store.health().available()).isFalse();

      disk.still = null;
      until.countDown();
      untilAppended(store);
      List<AuditEvent> kept = new ArrayList<>();
      store.export(AuditQuery.all(), stored -> kept.add(stored.event()));
      assertThat(kept).contains(late).doesNotContain(waiting);
      assertThat(kept)
          .filteredOn(event -> event.phase() == AuditPhase.OUTCOME && isOf(event, late))
          .singleElement()
          .satisfies(
              annulment -> {
                assertThat(annulment.decision()).isEqualTo(AuditDecision.BLOCK);
              });
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  @RepeatedTest(20)
  void whateverFailsTheChainHoldsExactlyWhatWasAnswered(RepetitionInfo round) {
    Disk disk = new Disk(round.getCurrentRepetition());
    RandomEvents random = new RandomEvents(round.getCurrentRepetition());
    List<StoredEvent> answered = new ArrayList<>();
    int refused = 0;
    try (FileAuditStore store = open(disk)) {
      for (int batch = 0; batch < 30; batch++) {
        disk.failing = batch % 3 == 0 ? 0 : 0.4;
        List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          stages.add(store.append(random.next()));
        }
        for (CompletionStage<StoredEvent> stage : stages) {
          try {
            answered.add(FileAuditStoreTest.get(stage));
          } catch (CompletionException e) {
            refused++;
          }
        }
      }
      disk.failing = 0;
    }
    assertThat(refused).isPositive();
    assertExactly(answered);
  }

  private void assertExactly(List<StoredEvent> answered) {
    try (FileAuditStore store = FileAuditStore.open(log)) {
      List<StoredEvent> kept = new ArrayList<>();
      store.export(AuditQuery.all(), kept::add);
      assertThat(kept).isEqualTo(answered);
      for (ChainHead head : store.heads()) {
        assertThat(store.verify(head.chain(), null, null).ok()).isTrue();
      }
    }
  }
}
