package app.intentgate.file;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.Vote;
import app.intentgate.json.JsonObject;
import app.intentgate.memory.MemoryApprovalStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Approvals held in memory and kept in a file. Thread-safe: a step and its line are made under one
 * lock, so that the last line of a row is its last step.
 */
final class FileApprovalStore implements ApprovalStore {
  private final MemoryApprovalStore memory;
  private final Function<JsonObject, CompletionStage<Void>> log;

  FileApprovalStore(MemoryApprovalStore memory, Function<JsonObject, CompletionStage<Void>> log) {
    this.memory = memory;
    this.log = log;
  }

  @Override
  public synchronized CompletionStage<Approval> enqueue(Approval approval) {
    return memory.enqueue(approval).thenCompose(this::kept);
  }

  @Override
  public CompletionStage<Optional<Approval>> find(String id, @Nullable String tenant) {
    return memory.find(id, tenant);
  }

  @Override
  public CompletionStage<Optional<Approval>> findOpen(ApprovalBinding call, Instant now) {
    return memory.findOpen(call, now);
  }

  @Override
  public synchronized CompletionStage<Optional<Vote>> decide(
      String id, @Nullable String tenant, ApprovalDecision decision) {
    return memory
        .decide(id, tenant, decision)
        .thenCompose(
            vote ->
                vote.isPresent()
                    ? kept(vote.get().row()).thenApply(row -> vote)
                    : CompletableFuture.completedFuture(vote));
  }

  @Override
  public synchronized CompletionStage<Optional<Approval>> use(
      String id, String tenant, Instant now) {
    return memory.use(id, tenant, now).thenCompose(this::keptIfThere);
  }

  @Override
  public synchronized CompletionStage<Void> makeVoid(
      String id, String tenant, String reason, Instant now) {
    return memory
        .makeVoid(id, tenant, reason, now)
        .thenCompose(done -> memory.find(id, tenant))
        .thenCompose(this::keptIfThere)
        .thenApply(row -> null);
  }

  @Override
  public synchronized CompletionStage<Void> expire(Instant now) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (Approval row : memory.expired(now)) {
      CompletionStage<Approval> kept = kept(row);
      all = all.thenCompose(done -> kept).thenApply(done -> null);
    }
    return all;
  }

  @Override
  public List<Approval> list(ApprovalQuery query) {
    return memory.list(query);
  }

  @Override
  public int waiting(@Nullable String tenant) {
    return memory.waiting(tenant);
  }

  @Override
  public void watch(ApprovalListener listener) {
    memory.watch(listener);
  }

  private CompletionStage<Approval> kept(Approval row) {
    return log.apply(StateLines.of(row)).thenApply(done -> row);
  }

  private CompletionStage<Optional<Approval>> keptIfThere(Optional<Approval> row) {
    return row.isPresent()
        ? kept(row.get()).thenApply(Optional::of)
        : CompletableFuture.completedFuture(row);
  }
}
