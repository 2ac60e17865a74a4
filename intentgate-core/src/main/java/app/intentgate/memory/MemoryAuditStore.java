package app.intentgate.memory;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditHealth;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditVisitor;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.ChainLinker;
import app.intentgate.audit.ChainVerifier;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.VerificationReport;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest events in memory, chained like any others; what is older is gone, and so is
 * everything when the process ends. Appends complete at once. Verification says which event it
 * starts from once the first ones are gone (B28). Thread-safe; tenants do not wait for each other.
 */
public final class MemoryAuditStore implements AuditStore {
  /** How many events are kept by default, of all tenants together. */
  public static final int DEFAULT_CAPACITY = 10_000;

  private static final String CURSOR_PREFIX = "m";
  private static final int CURSOR_RADIX = 36;

  private record Kept(long position, StoredEvent stored) {}

  private static final class Chain {
    private @Nullable ChainHead head;
  }

  private final ConcurrentHashMap<String, Chain> chains = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<@Nullable Kept> ring;
  private final EventMarks marks;

  /** The position of the next event: how many were appended. Events lie at position % capacity. */
  private final AtomicLong next = new AtomicLong();

  private final ThreadLocal<ChainLinker> linkers = ThreadLocal.withInitial(ChainLinker::new);
  private volatile boolean closed;

  /** A store of the default capacity. */
  public MemoryAuditStore() {
    this(DEFAULT_CAPACITY);
  }

  /** A store that keeps so many events. */
  public MemoryAuditStore(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive: " + capacity);
    }
    ring = new AtomicReferenceArray<>(capacity);
    marks = new EventMarks(capacity);
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    if (closed) {
      return CompletableFuture.failedFuture(
          new AuditException(AuditException.Code.CLOSED, "the audit store is closed"));
    }
    AuditEvent storable;
    try {
      storable = AuditStore.storable(event);
    } catch (AuditException e) {
      return CompletableFuture.failedFuture(e);
    }
    String key = AuditChain.keyOf(event.tenant());
    Chain chain = chains.get(key);
    if (chain == null) {
      chain = chains.computeIfAbsent(key, k -> new Chain());
    }
    ChainLinker linker = linkers.get().prepare(storable);
    StoredEvent stored;
    synchronized (chain) {
      ChainHead head = chain.head;
      stored = head == null ? linker.link(1, "") : linker.link(head.seq() + 1, head.hash());
      chain.head = new ChainHead(key, stored.seq(), stored.hash(), storable.at());
      long position = next.getAndIncrement();
      marks.set(position, storable);
      ring.accumulateAndGet(slot(position), new Kept(position, stored), MemoryAuditStore::newer);
    }
    return CompletableFuture.completedFuture(stored);
  }

  private int slot(long position) {
    return (int) (position % ring.length());
  }

  /** Which of two stays in a slot: one whose thread was held up for a whole lap comes too late. */
  private static Kept newer(@Nullable Kept there, Kept next) {
    return there != null && there.position() > next.position() ? there : next;
  }

  /** The event at a position, or null when it is not meant, gone, or not there yet. */
  private @Nullable StoredEvent at(long position, AuditQuery query, EventMarks.Wanted wanted) {
    if (!marks.mayBe(wanted, position)) {
      return null;
    }
    Kept kept = ring.get(slot(position));
    return kept != null && kept.position() == position && query.matches(kept.stored().event())
        ? kept.stored()
        : null;
  }

  private long oldest(long end) {
    return Math.max(0, end - ring.length());
  }

  @Override
  public AuditPage query(AuditQuery query) {
    long end = next.get();
    boolean newestFirst = query.order() == AuditQuery.Order.NEWEST_FIRST;
    long step = newestFirst ? -1 : 1;
    long position = start(query, newestFirst ? end : oldest(end), end);
    List<StoredEvent> events = new ArrayList<>();
    long skip = query.offset();
    EventMarks.Wanted wanted = EventMarks.Wanted.of(query);
    String cursor = null;
    // A cursor names the boundary before which, or from which, to go on.
    for (position -= newestFirst ? 1 : 0;
        position >= oldest(end) && position < end;
        position += step) {
      StoredEvent stored = at(position, query, wanted);
      if (stored == null || skip-- > 0) {
        continue;
      }
      if (events.size() == query.limit()) {
        cursor = cursor(newestFirst ? position + 1 : position);
        break;
      }
      events.add(stored);
    }
    if (!newestFirst && cursor == null) {
      cursor = cursor(end);
    }
    return new AuditPage(events, cursor, query.count() ? count(query, end) : OptionalLong.empty());
  }

  private OptionalLong count(AuditQuery query, long end) {
    EventMarks.Wanted wanted = EventMarks.Wanted.of(query);
    long count = 0;
    for (long position = oldest(end); position < end; position++) {
      if (at(position, query, wanted) != null) {
        count++;
      }
    }
    return OptionalLong.of(count);
  }

  private static String cursor(long position) {
    return CURSOR_PREFIX + Long.toString(position, CURSOR_RADIX);
  }

  private static long start(AuditQuery query, long otherwise, long end) {
    String cursor = query.cursor();
    if (cursor == null) {
      return otherwise;
    }
    try {
      long position = Long.parseLong(cursor.substring(CURSOR_PREFIX.length()), CURSOR_RADIX);
      if (cursor.startsWith(CURSOR_PREFIX) && position >= 0 && position <= end) {
        return position;
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      // Falls through: not one of ours.
    }
    throw new AuditException(
        AuditException.Code.BAD_CURSOR, "cursor is not one that this store gave");
  }

  @Override
  public void export(AuditQuery query, AuditVisitor visitor) {
    long end = next.get();
    EventMarks.Wanted wanted = EventMarks.Wanted.of(query);
    for (long position = Math.max(oldest(end), start(query, 0, end)); position < end; position++) {
      StoredEvent stored = at(position, query, wanted);
      if (stored != null && !visitor.visit(stored)) {
        return;
      }
    }
  }

  @Override
  public VerificationReport verify(String tenant, @Nullable Instant from, @Nullable Instant to) {
    String key = AuditChain.keyOf(tenant);
    ChainVerifier verifier = new ChainVerifier(key, from, to);
    Chain chain = chains.get(key);
    if (chain == null) {
      return verifier.report();
    }
    ChainHead head;
    long end;
    synchronized (chain) {
      head = chain.head;
      end = next.get();
    }
    Deque<StoredEvent> events = snapshot(key, end);
    StoredEvent first = events.peekFirst();
    if (first == null) {
      return new VerificationReport(key, 0, 0, null, null, head);
    }
    if (first.seq() > 1) {
      verifier.trustingFirst("older rows are no longer in memory");
    }
    verifier.remembering(head);
    events.forEach(verifier::accept);
    return verifier.report();
  }

  /** A chain's events before a position, without a gap, though others append meanwhile. */
  private Deque<StoredEvent> snapshot(String key, long end) {
    Deque<StoredEvent> events = new ArrayDeque<>();
    for (long position = oldest(end); position < end; position++) {
      Kept kept = ring.get(slot(position));
      if (kept == null || kept.position() < position) {
        continue; // of another chain, and not there yet
      }
      if (kept.position() > position) {
        events.clear(); // overwritten while we read, so everything before it is gone too
      } else if (kept.stored().chain().equals(key)) {
        events.addLast(kept.stored());
      }
    }
    return events;
  }

  @Override
  public List<ChainHead> heads() {
    List<ChainHead> heads = new ArrayList<>();
    for (Chain chain : chains.values()) {
      synchronized (chain) {
        ChainHead head = chain.head;
        if (head != null) {
          heads.add(head);
        }
      }
    }
    heads.sort(Comparator.comparing(ChainHead::chain));
    return List.copyOf(heads);
  }

  @Override
  public AuditHealth health() {
    boolean open = !closed;
    return new AuditHealth(
        open, open ? null : "the audit store is closed", 0, next.get(), 0, 0, 0, null);
  }

  @Override
  public void close() {
    closed = true;
  }
}
