package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditHealth;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.ForwardingAuditStore;
import app.intentgate.audit.StoredEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Answers before an event is durable, and drops none: so many wait in memory, then they go to a
 * file that is forced to the disk, and when that is full the callers wait. What waits in the file
 * is handed to the store in order and once, also by the next process. What waits in memory is lost
 * when the process is killed; that is what this mode trades. Thread-safe.
 *
 * <p>A stage completes with a number of 0: the event has no place in its chain yet.
 */
public final class BufferedAuditStore extends ForwardingAuditStore {
  private static final System.Logger LOG = System.getLogger(BufferedAuditStore.class.getName());
  private static final int HAND_ON = 1_000;
  private static final long PAUSE_NANOS = 20_000_000;

  /** Its appends never give up: whoever called was answered long ago. */
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private final AuditStore store;
  private final int inMemory;
  private final SpillFile file;
  private final AuditWriter spill;
  private final AtomicLong spilled = new AtomicLong();
  private final Thread handingOn;
  private volatile boolean closed;
  private volatile boolean spilling;

  /**
   * Starts to buffer for a store whose appends wait as long as {@link #limits} says.
   *
   * @param spillFile where to keep what memory has no room for
   * @param spillBytes how much of it
   * @param inMemory how many events may wait in memory
   * @param maxWait how long callers may wait when the file is full
   * @throws AuditException when the file cannot be used
   */
  public BufferedAuditStore(
      AuditStore store, Path spillFile, long spillBytes, int inMemory, Duration maxWait) {
    super(store);
    this.store = store;
    this.inMemory = inMemory;
    try {
      this.file = new SpillFile(spillFile, spillBytes);
    } catch (IOException | NumberFormatException e) {
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE, "cannot use " + spillFile + ": " + e, e);
    }
    this.spilling = file.waiting() > 0;
    this.spill =
        new AuditWriter(
            "audit-spill", new AuditWriter.Limits(20_000, HAND_ON, maxWait), file, null);
    this.handingOn = new Thread(this::handOn, "audit-hand-on");
    handingOn.setDaemon(true);
    handingOn.start();
  }

  /** The limits that the store behind this one is to have. */
  public static AuditWriter.Limits limits(int inMemory) {
    return new AuditWriter.Limits(inMemory + 2 * HAND_ON, HAND_ON, FOR_EVER);
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    AuditEvent storable;
    try {
      storable = AuditStore.storable(event);
    } catch (AuditException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (closed) {
      return CompletableFuture.failedFuture(
          new AuditException(AuditException.Code.CLOSED, "the audit store is closed"));
    }
    // Once something waits in the file, everything goes there: order is kept.
    if (spilling || store.health().pending() >= inMemory) {
      return spill(storable);
    }
    store
        .append(storable)
        .whenComplete(
            (stored, failure) -> {
              if (failure != null) {
                spill(storable).whenComplete((kept, again) -> lost(storable, again));
              }
            });
    return CompletableFuture.completedFuture(new StoredEvent(storable, 0, "", ""));
  }

  private static void lost(AuditEvent event, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.log(System.Logger.Level.ERROR, "an answered event could not be kept: " + event, failure);
    }
  }

  private CompletionStage<StoredEvent> spill(AuditEvent event) {
    if (!spilling) {
      LOG.log(
          System.Logger.Level.WARNING, "the audit store is behind: events go to the spill file");
    }
    spilled.incrementAndGet();
    CompletionStage<StoredEvent> kept = spill.append(event);
    // After the append: whoever sees this is behind that event.
    spilling = true;
    return kept;
  }

  private void handOn() {
    while (!closed) {
      try {
        if (!handOnOnce()) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "the spill file cannot be handed on yet: {0}", e);
        LockSupport.parkNanos(PAUSE_NANOS * 10);
      }
    }
  }

  /** Hands on one part of the file; false when nothing waits there. */
  private boolean handOnOnce() throws IOException {
    SpillFile.Part part = file.next(HAND_ON);
    if (part.events().isEmpty()) {
      if (spilling && spill.pending() == 0 && file.waiting() == 0) {
        spilling = false;
        LOG.log(System.Logger.Level.INFO, "the spill file is empty again");
      }
      return false;
    }
    List<CompletableFuture<StoredEvent>> stages = new ArrayList<>();
    for (AuditEvent event : part.events()) {
      if (!part.doubtful() || !isStored(event)) {
        stages.add(store.append(event).toCompletableFuture());
      }
    }
    try {
      CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).join();
    } catch (RuntimeException e) {
      file.doubt(part.end());
      throw e;
    }
    file.handedOn(part.end());
    return true;
  }

  /** Whether an event was handed on, by an earlier process or with others that were refused. */
  private boolean isStored(AuditEvent event) {
    AuditQuery same =
        AuditQuery.builder()
            .callId(event.callId())
            .tenant(event.tenant())
            .event(event.event())
            .from(event.at())
            .to(event.at())
            .limit(AuditQuery.MAX_LIMIT)
            .build();
    return store.query(same).events().stream().anyMatch(stored -> stored.event().equals(event));
  }

  /** How many events went to the file since this store was opened. */
  public long spilled() {
    return spilled.get();
  }

  @Override
  public AuditHealth health() {
    AuditHealth behind = store.health();
    String problem = behind.problem() != null ? behind.problem() : spill.problem();
    return new AuditHealth(
        problem == null,
        problem,
        behind.pending() + spill.pending(),
        behind.appended(),
        behind.failed() + spill.failed(),
        behind.verified(),
        behind.toVerify(),
        behind.broken());
  }

  /** Hands on what it can; what the store does not take stays in the file for the next process. */
  @Override
  public void close() {
    closed = true;
    store.close();
    LockSupport.unpark(handingOn);
    spill.close();
    try {
      handingOn.join();
      file.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot close the spill file", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
