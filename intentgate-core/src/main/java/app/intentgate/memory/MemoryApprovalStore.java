package app.intentgate.memory;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Approvals in memory, at most a given number: rows that are decided or out of time make room for
 * new ones, oldest first; when all rows still wait, another is refused. Escalation is rare, so one
 * lock serves.
 */
public final class MemoryApprovalStore implements ApprovalStore {
  /** How many rows are held unless told otherwise. */
  public static final int DEFAULT_MAX_ROWS = 10_000;

  private final Map<String, Approval> rows = new LinkedHashMap<>();
  private final int maxRows;

  /** A store of the default size. */
  public MemoryApprovalStore() {
    this(DEFAULT_MAX_ROWS);
  }

  /** A store that holds at most so many rows. */
  public MemoryApprovalStore(int maxRows) {
    this.maxRows = maxRows;
  }

  /** Puts back a row that a durable store kept; a later row of the same id replaces it. */
  public synchronized void restore(Approval row) {
    rows.put(row.id(), row);
  }

  @Override
  public synchronized CompletionStage<Approval> enqueue(Approval approval) {
    Instant now = approval.createdAt();
    for (Approval row : rows.values()) {
      if (row.status() == Status.PENDING
          && !row.expired(now)
          && row.binding().equals(approval.binding())) {
        return CompletableFuture.completedFuture(row);
      }
    }
    if (rows.size() >= maxRows && !makeRoom(now)) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException("all " + maxRows + " approvals are still waiting"));
    }
    rows.put(approval.id(), approval);
    return CompletableFuture.completedFuture(approval);
  }

  private boolean makeRoom(Instant now) {
    for (Iterator<Approval> it = rows.values().iterator(); it.hasNext(); ) {
      Approval row = it.next();
      boolean usable = row.status() == Status.APPROVED && row.usedAt() == null;
      if (row.expired(now) || (row.status() != Status.PENDING && !usable)) {
        it.remove();
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized CompletionStage<Optional<Approval>> find(String id) {
    return CompletableFuture.completedFuture(Optional.ofNullable(rows.get(id)));
  }

  @Override
  public synchronized CompletionStage<Optional<Approval>> findOpen(
      ApprovalBinding binding, Instant now) {
    Approval found = null;
    for (Approval row : rows.values()) {
      if (row.binding().equals(binding)
          && row.usedAt() == null
          && row.voidReason() == null
          && !row.expired(now)) {
        found = row;
      }
    }
    return CompletableFuture.completedFuture(Optional.ofNullable(found));
  }

  @Override
  public synchronized CompletionStage<Optional<Approval>> decide(
      String id, @Nullable String tenant, ApprovalDecision decision) {
    Approval row = rows.get(id);
    if (row == null || (tenant != null && !tenant.equals(row.binding().tenant()))) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (row.status() == Status.PENDING) {
      row = row.expired(decision.at()) ? row.timedOut() : row.decided(decision);
      rows.put(id, row);
    }
    return CompletableFuture.completedFuture(Optional.of(row));
  }

  @Override
  public synchronized CompletionStage<Boolean> use(String id, Instant now) {
    Approval row = rows.get(id);
    if (row == null
        || row.status() != Status.APPROVED
        || row.usedAt() != null
        || row.voidReason() != null
        || row.expired(now)) {
      return CompletableFuture.completedFuture(false);
    }
    rows.put(id, row.used(now));
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public synchronized CompletionStage<Void> makeVoid(String id, String reason) {
    rows.computeIfPresent(id, (k, row) -> row.voided(reason));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized List<Approval> list(
      @Nullable String tenant, @Nullable String status, int limit, int offset) {
    List<Approval> matching = new ArrayList<>();
    for (Approval row : rows.values()) {
      if ((tenant == null || tenant.equals(row.binding().tenant()))
          && (status == null || status.equals(row.status().wireName()))) {
        matching.add(0, row);
      }
    }
    int from = Math.min(offset, matching.size());
    return List.copyOf(matching.subList(from, Math.min(matching.size(), from + limit)));
  }
}
