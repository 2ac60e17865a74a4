package app.intentgate.jdbc.audit;

import static app.intentgate.jdbc.testing.TestCalls.appended;
import static app.intentgate.jdbc.testing.TestCalls.event;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditHealth;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.ForwardingAuditStore;
import app.intentgate.audit.StoredEvent;
import app.intentgate.memory.MemoryAuditStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In what order, and how often, a buffering store hands on what it was given (B26). */
@Timeout(60)
class BufferedOrderTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final long LIMIT = 1 << 20;

  @TempDir Path directory;

  private final Recording recording = new Recording();
  private final AtomicInteger healthAsked = new AtomicInteger();
  private final AtomicInteger queries = new AtomicInteger();
  private volatile int failingQuery;

  /** A store that remembers what it was given. */
  private final class Recording extends ForwardingAuditStore {
    private final List<String> given = new CopyOnWriteArrayList<>();

    Recording() {
      super(new MemoryAuditStore());
    }

    @Override
    public CompletionStage<StoredEvent> append(AuditEvent event) {
      given.add(event.callId());
      return super.append(event);
    }

    @Override
    public AuditPage query(AuditQuery query) {
      if (queries.incrementAndGet() == failingQuery) {
        throw new AuditException(AuditException.Code.STORE_UNAVAILABLE, "away");
      }
      return super.query(query);
    }

    /** Stays open for the next store in front of it. */
    @Override
    public void close() {
      given.add("closed");
    }

    @Override
    public AuditHealth health() {
      healthAsked.incrementAndGet();
      return super.health();
    }
  }

  private Path file() {
    return directory.resolve("audit.spill");
  }

  /** What an earlier process left in the file. */
  private void leave(String... calls) throws IOException {
    try (SpillFile file = new SpillFile(file(), LIMIT)) {
      for (String call : calls) {
        file.commit(List.of(event(call)));
      }
    }
  }

  /**
   * Lets another thread append between the look that finds the file empty and what follows from it,
   * and appends once more when the next look begins, which fails.
   */
  private static final class Interleaved extends SpillFile {
    private final AtomicInteger looks = new AtomicInteger();
    private volatile @Nullable BufferedAuditStore store;
    private volatile @Nullable Thread caller;
    private volatile boolean reading;

    Interleaved(Path file) throws IOException {
      super(file, LIMIT);
    }

    private BufferedAuditStore store() {
      until(() -> store != null);
      BufferedAuditStore opened = store;
      if (opened == null) {
        throw new AssertionError("not opened");
      }
      return opened;
    }

    @Override
    long waiting() {
      long found = super.waiting();
      boolean look = Thread.currentThread().getName().equals("audit-hand-on") && !reading;
      if (look && found == 0 && looks.getAndIncrement() == 0) {
        Thread between = new Thread(() -> appended(store(), "one"));
        caller = between;
        between.start();
        until(
            () ->
                between.getState() == Thread.State.BLOCKED
                    || between.getState() == Thread.State.TERMINATED);
      }
      return found;
    }

    @Override
    Part next(int most) throws IOException {
      Thread between = caller;
      if (between != null) {
        caller = null;
        try {
          between.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        appended(store(), "two");
        // So that the next thing that is looked at is memory.
        throw new IOException("cannot be read for a moment");
      }
      reading = true;
      try {
        return super.next(most);
      } finally {
        reading = false;
      }
    }
  }

  @Test
  void what_comes_while_the_file_turns_out_to_be_empty_is_not_overtaken() throws Exception {
    leave("left");
    Interleaved file = new Interleaved(file());
    try (BufferedAuditStore store = new BufferedAuditStore(recording, file, 100, WAIT)) {
      file.store = store;
      until(() -> recording.given.size() >= 3);
      assertThat(recording.given).containsExactly("left", "one", "two");
    }
    assertThat(recording.given).endsWith("two", "closed").hasSize(4);
  }

  @Test
  void a_look_that_fails_in_the_middle_hands_nothing_on_twice() throws Exception {
    leave("one", "two", "three");
    failingQuery = 2;
    try (BufferedAuditStore store =
        new BufferedAuditStore(recording, new SpillFile(file(), LIMIT), 100, WAIT)) {
      until(() -> file().toFile().length() == 0);
      assertThat(store.spilled()).isZero();
    }
    assertThat(queries.get()).isGreaterThan(2);
    assertThat(recording.given).containsExactly("one", "two", "three", "closed");
  }

  @Test
  void appending_does_not_ask_how_the_store_is() throws Exception {
    try (BufferedAuditStore store =
        new BufferedAuditStore(recording, new SpillFile(file(), LIMIT), 100, WAIT)) {
      for (int i = 0; i < 50; i++) {
        appended(store, "call-" + i);
      }
      assertThat(healthAsked).hasValue(0);
      until(() -> recording.given.size() == 50);
    }
  }

  @Test
  void closing_hands_on_what_is_in_memory() throws Exception {
    for (int round = 0; round < 20; round++) {
      BufferedAuditStore store =
          new BufferedAuditStore(recording, new SpillFile(file(), LIMIT), 100, WAIT);
      appended(store, "call-" + round);
      store.close();
      assertThat(recording.given).endsWith("call-" + round, "closed");
      assertThat(file().toFile().length()).isZero();
    }
  }
}
