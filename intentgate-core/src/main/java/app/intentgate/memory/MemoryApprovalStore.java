package app.intentgate.memory;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalsFullException;
import app.intentgate.approval.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Approvals in memory, at most a given number of rows and of characters, a value of their arguments
 * counted as 32: rows that are decided or out of time make room for new ones, oldest first; when
 * all rows still wait, or a tenant's take as much as is left for others, another is refused, and
 * always one that takes more than an eighth of all. Escalation is rare, so one lock serves;
 * listeners are told outside of it.
 */
public final class MemoryApprovalStore implements ApprovalStore {
  /** How many rows are held unless told otherwise. */
  public static final int DEFAULT_MAX_ROWS = 20_000;

  private static final long MAX_LENGTH = 64L << 20;

  private final Object lock = new Object();
  private final Map<String, Approval> rows = new LinkedHashMap<>();
  private final ApprovalIndex index = new ApprovalIndex();
  private final ApprovalLoad load = new ApprovalLoad();
  private final List<ApprovalListener> listeners = new CopyOnWriteArrayList<>();
  private final int maxRows;
  private final long maxLength;

  /** A store of the default size. */
  public MemoryApprovalStore() {
    this(DEFAULT_MAX_ROWS);
  }

  /** A store that holds at most so many rows, and 64 million characters. */
  public MemoryApprovalStore(int maxRows) {
    this(maxRows, MAX_LENGTH);
  }

  MemoryApprovalStore(int maxRows, long maxLength) {
    this.maxRows = maxRows;
    this.maxLength = maxLength;
  }

  /** Puts back a row that a durable store kept; a later row of the same id replaces it. */
  public void restore(Approval row) {
    synchronized (lock) {
      put(row);
    }
  }

  private void put(Approval row) {
    Approval before = rows.put(row.id(), row);
    if (before == null) {
      index.add(row);
    } else {
      load.remove(before);
    }
    load.add(row);
  }

  @Override
  public CompletionStage<Approval> enqueue(Approval approval) {
    Instant now = approval.request().createdAt();
    synchronized (lock) {
      for (String id : index.sameCall(approval.binding())) {
        Approval row = rows.get(id);
        if (row != null
            && row.status() == Status.PENDING
            && row.voidReason() == null
            && !row.expired(now)
            && row.binding().equals(approval.binding())) {
          return CompletableFuture.completedFuture(row);
        }
      }
      try {
        requireRoom(approval, now);
      } catch (ApprovalsFullException e) {
        return CompletableFuture.failedFuture(e);
      }
      put(approval);
    }
    return told(approval);
  }

  private void requireRoom(Approval approval, Instant now) {
    long more = ApprovalLoad.lengthOf(approval);
    ApprovalsFullException.checkLength(maxLength, 0, 0, more);
    makeRoom(more, now);
    ApprovalLoad.Held ofAll = load.waiting();
    ApprovalLoad.Held ofTenant = load.waitingOf(approval.binding().tenant());
    // What may still be used keeps its place beside what waits.
    int rowsTaken = rows.size() >= maxRows ? maxRows : ofAll.rows();
    long taken = isTooLong(more) ? maxLength : ofAll.length();
    ApprovalsFullException.check(maxRows, rowsTaken, ofTenant.rows());
    ApprovalsFullException.checkLength(maxLength, taken, ofTenant.length(), more);
  }

  private boolean isTooLong(long more) {
    return load.length() > maxLength - more;
  }

  /**
   * Lets rows go that are settled or out of time, oldest first, for as long as there is no room.
   */
  private void makeRoom(long more, Instant now) {
    Iterator<Approval> oldest = rows.values().iterator();
    while ((rows.size() >= maxRows || isTooLong(more)) && oldest.hasNext()) {
      Approval row = oldest.next();
      boolean usable = row.status() == Status.APPROVED && !row.isUsedUp();
      if (row.expired(now)
          || row.voidReason() != null
          || (row.status() != Status.PENDING && !usable)) {
        oldest.remove();
        index.remove(row);
        load.remove(row);
      }
    }
  }

  @Override
  public CompletionStage<Optional<Approval>> find(String id, @Nullable String tenant) {
    synchronized (lock) {
      return CompletableFuture.completedFuture(Optional.ofNullable(row(id, tenant)));
    }
  }

  /** The row of an id, of that tenant or of any for null; held by the lock. */
  private @Nullable Approval row(String id, @Nullable String tenant) {
    Approval row = rows.get(id);
    return row == null || (tenant != null && !tenant.equals(row.binding().tenant())) ? null : row;
  }

  @Override
  public CompletionStage<Optional<Approval>> findOpen(ApprovalBinding call, Instant now) {
    Approval found = null;
    synchronized (lock) {
      for (String id : index.metBy(call)) {
        Approval row = rows.get(id);
        if (row != null && row.isMetBy(call, now) && !isBehind(row, found)) {
          found = row;
        }
      }
    }
    return CompletableFuture.completedFuture(Optional.ofNullable(found));
  }

  /** Rows come oldest first: a later one wins, but not over one that is approved. */
  private static boolean isBehind(Approval row, @Nullable Approval found) {
    return found != null && found.status() == Status.APPROVED && row.status() != Status.APPROVED;
  }

  @Override
  public CompletionStage<Optional<Vote>> decide(
      String id, @Nullable String tenant, ApprovalDecision decision) {
    Approval next;
    boolean counted;
    synchronized (lock) {
      Approval row = row(id, tenant);
      if (row == null) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      Approval voted = row.voted(decision);
      counted = voted != null;
      boolean late = row.status() == Status.PENDING && row.expired(decision.at());
      next = voted != null ? voted : late ? row.timedOut() : row;
      if (next == row) {
        return CompletableFuture.completedFuture(Optional.of(new Vote(row, false)));
      }
      put(next);
    }
    tell(next);
    return CompletableFuture.completedFuture(Optional.of(new Vote(next, counted)));
  }

  @Override
  public CompletionStage<Optional<Approval>> use(String id, String tenant, Instant now) {
    Approval next;
    synchronized (lock) {
      Approval row = row(id, tenant);
      next = row == null ? null : row.used(now);
      if (next == null) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      put(next);
    }
    tell(next);
    return CompletableFuture.completedFuture(Optional.of(next));
  }

  @Override
  public CompletionStage<Void> makeVoid(String id, String tenant, String reason, Instant now) {
    Approval next;
    synchronized (lock) {
      Approval row = row(id, tenant);
      if (row == null || row.voidReason() != null) {
        return CompletableFuture.completedFuture(null);
      }
      next = row.voided(reason, now);
      put(next);
    }
    tell(next);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> expire(Instant now) {
    expired(now);
    return CompletableFuture.completedFuture(null);
  }

  /** Marks every pending row whose time ran out; those rows. */
  public List<Approval> expired(Instant now) {
    List<Approval> late = new ArrayList<>();
    synchronized (lock) {
      for (Approval row : rows.values()) {
        if (row.status() == Status.PENDING && row.expired(now)) {
          late.add(row.timedOut());
        }
      }
      late.forEach(this::put);
    }
    late.forEach(this::tell);
    return late;
  }

  @Override
  public List<Approval> list(ApprovalQuery query) {
    List<Approval> matching = new ArrayList<>();
    synchronized (lock) {
      for (Approval row : rows.values()) {
        if (query.matches(row)) {
          matching.add(row);
        }
      }
    }
    Collections.reverse(matching);
    int from = Math.min(query.offset(), matching.size());
    int to = (int) Math.min(matching.size(), (long) from + query.limit());
    return List.copyOf(matching.subList(from, to));
  }

  @Override
  public int waiting(@Nullable String tenant) {
    int count = 0;
    synchronized (lock) {
      for (Approval row : rows.values()) {
        if (row.status() == Status.PENDING
            && (tenant == null || tenant.equals(row.binding().tenant()))) {
          count++;
        }
      }
    }
    return count;
  }

  @Override
  public void watch(ApprovalListener listener) {
    listeners.add(listener);
  }

  private CompletionStage<Approval> told(Approval row) {
    tell(row);
    return CompletableFuture.completedFuture(row);
  }

  private void tell(Approval row) {
    for (ApprovalListener listener : listeners) {
      listener.changed(row);
    }
  }
}
