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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Answers before an event is durable, and drops none: so many wait in memory, then they go to a
 * file that is forced to the disk, and when that is full the callers wait. One thread hands them to
 * the store in the order they came in and once: what is in memory first, then the file, also the
 * one that an earlier process left. What waits in memory is lost when the process is killed; that
 * is what this mode trades. Thread-safe.
 *
 * <p>An event that the store can never take is kept beside the spill file, as {@code .refused}, and
 * holds up no other. A stage completes with a number of 0: the event has no place in its chain yet.
 */
public final class BufferedAuditStore extends ForwardingAuditStore {
  private static final System.Logger LOG = System.getLogger(BufferedAuditStore.class.getName());
  private static final int HAND_ON = 1_000;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Its appends never give up: whoever called was answered long ago. */
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private final AuditStore store;
  private final int inMemory;
  private final SpillFile file;
  private final RefusedEvents refused;
  private final AuditWriter spill;
  private final AtomicLong spilled = new AtomicLong();
  private final Thread handingOn;
  private volatile boolean idle;

  /** Held by whoever decides where events go: so they go there in the order they came in. */
  private final Object order = new Object();

  private final ArrayDeque<AuditEvent> memory = new ArrayDeque<>();
  private boolean spilling;
  private volatile boolean closed;

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
    this(store, open(spillFile, spillBytes), inMemory, maxWait);
  }

  BufferedAuditStore(AuditStore store, SpillFile file, int inMemory, Duration maxWait) {
    super(store);
    this.store = store;
    this.inMemory = inMemory;
    this.file = file;
    this.refused = new RefusedEvents(file.beside(".refused"));
    this.spilling = file.waiting() > 0;
    this.spill =
        new AuditWriter(
            "audit-spill", new AuditWriter.Limits(20_000, HAND_ON, maxWait), file, null);
    this.handingOn = new Thread(this::handOn, "audit-hand-on");
    handingOn.setDaemon(true);
    handingOn.start();
  }

  private static SpillFile open(Path file, long bytes) {
    try {
      return new SpillFile(file, bytes);
    } catch (IOException | NumberFormatException e) {
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE, "cannot use " + file + ": " + e, e);
    }
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
    CompletionStage<StoredEvent> kept = null;
    boolean behind = false;
    synchronized (order) {
      if (closed) {
        return CompletableFuture.failedFuture(
            new AuditException(AuditException.Code.CLOSED, "the audit store is closed"));
      }
      // Once something waits in the file, everything goes there: order is kept.
      if (!spilling && memory.size() < inMemory) {
        memory.add(storable);
      } else {
        behind = !spilling;
        spilling = true;
        kept = spill.append(storable);
      }
    }
    if (kept == null) {
      if (idle) {
        LockSupport.unpark(handingOn);
      }
      return CompletableFuture.completedFuture(new StoredEvent(storable, 0, "", ""));
    }
    spilled.incrementAndGet();
    if (behind) {
      LOG.log(
          System.Logger.Level.WARNING, "the audit store is behind: events go to the spill file");
    }
    return kept;
  }

  private void handOn() {
    boolean more = true;
    boolean last = false;
    while (more || !last) {
      // Read before, so that nothing came after the last look.
      last = closed;
      long pause = PAUSE_NANOS;
      try {
        more = handOnOnce();
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "events cannot be handed on yet: {0}", e);
        pause *= 10;
        more = false;
      }
      if (!more && !last) {
        idle = true;
        LockSupport.parkNanos(this, pause);
        idle = false;
      }
    }
  }

  /**
   * Hands on what came first; false when nothing waits, or what does is left to the next process.
   */
  private boolean handOnOnce() throws IOException {
    List<AuditEvent> first = new ArrayList<>();
    synchronized (order) {
      for (Iterator<AuditEvent> all = memory.iterator();
          all.hasNext() && first.size() < HAND_ON; ) {
        first.add(all.next());
      }
    }
    if (!first.isEmpty()) {
      handOnMemory(first);
      return true;
    }
    return !closed && handOnFile();
  }

  private void handOnMemory(List<AuditEvent> first) {
    List<AuditEvent> left = store(first);
    synchronized (order) {
      for (int i = 0; i < first.size(); i++) {
        memory.remove();
      }
      for (int i = left.size() - 1; i >= 0; i--) {
        memory.addFirst(left.get(i));
      }
    }
    if (!left.isEmpty()) {
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE, left.size() + " events are not stored yet");
    }
  }

  private boolean handOnFile() throws IOException {
    SpillFile.Part part = file.next(HAND_ON);
    if (part.events().isEmpty()) {
      stopSpilling();
      return false;
    }
    List<AuditEvent> events = new ArrayList<>();
    // All are looked for before one is appended: what is under way is not found yet.
    for (AuditEvent event : part.events()) {
      if (!part.doubtful() || !isStored(event)) {
        events.add(event);
      }
    }
    int left = store(events).size();
    if (left > 0) {
      file.doubt(part.end());
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE, left + " spilled events are not stored yet");
    }
    file.handedOn(part.end());
    return true;
  }

  /** Nobody may append between the look and what follows from it: it would be overtaken. */
  private void stopSpilling() {
    boolean ended = false;
    synchronized (order) {
      if (spilling && spill.pending() == 0 && file.waiting() == 0) {
        spilling = false;
        ended = true;
      }
    }
    if (ended) {
      LOG.log(System.Logger.Level.INFO, "the spill file is empty again");
    }
  }

  /** Has events stored, and waits; those that are not, in their order. Refused ones are kept. */
  private List<AuditEvent> store(List<AuditEvent> events) {
    List<CompletableFuture<@Nullable Throwable>> answers = new ArrayList<>(events.size());
    for (AuditEvent event : events) {
      answers.add(
          store
              .append(event)
              .<@Nullable Throwable>handle((stored, failure) -> failure)
              .toCompletableFuture());
    }
    List<AuditEvent> left = new ArrayList<>(0);
    for (int i = 0; i < events.size(); i++) {
      Throwable failure = answers.get(i).join();
      if (RefusedEvents.isRefusal(failure)) {
        refused.keep(events.get(i), failure);
      } else if (failure != null) {
        left.add(events.get(i));
      }
    }
    return left;
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
    long waiting;
    synchronized (order) {
      waiting = memory.size();
    }
    return new AuditHealth(
        problem == null,
        problem,
        Math.max(waiting, behind.pending()) + spill.pending(),
        behind.appended(),
        behind.failed() + spill.failed(),
        behind.verified(),
        behind.toVerify(),
        behind.broken());
  }

  /**
   * Hands on what is in memory, as long as the store takes it; what it does not take goes to the
   * file, before what is there, for the next process.
   */
  @Override
  public void close() {
    boolean again;
    synchronized (order) {
      again = closed;
      closed = true;
    }
    LockSupport.unpark(handingOn);
    boolean interrupted = false;
    long end = System.nanoTime() + CLOSE_NANOS;
    while (!again
        && handingOn.isAlive()
        && end - System.nanoTime() > 0
        && store.health().available()) {
      interrupted |= join(20);
    }
    store.close();
    while (handingOn.isAlive()) {
      interrupted |= join(0);
    }
    if (!again) {
      spill.close();
      keepWhatIsLeft();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the thread that hands on; whether it was interrupted. Zero is for ever. */
  private boolean join(long millis) {
    try {
      handingOn.join(millis);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void keepWhatIsLeft() {
    try (file) {
      file.putInFront(memory);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "cannot write the spill file", e);
      memory.forEach(event -> RefusedEvents.lost(event, e));
    }
  }
}
