package app.intentgate.file;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Approvals held in memory and kept in a file. Thread-safe. */
public final class FileApprovalStore implements ApprovalStore {
  private final ApprovalStore memory;
  private final Function<JsonObject, CompletionStage<Void>> log;

  FileApprovalStore(ApprovalStore memory, Function<JsonObject, CompletionStage<Void>> log) {
    this.memory = memory;
    this.log = log;
  }

  @Override
  public CompletionStage<Approval> enqueue(Approval approval) {
    return memory.enqueue(approval).thenCompose(this::kept);
  }

  @Override
  public CompletionStage<Optional<Approval>> find(String id) {
    return memory.find(id);
  }

  @Override
  public CompletionStage<Optional<Approval>> findOpen(ApprovalBinding binding, Instant now) {
    return memory.findOpen(binding, now);
  }

  @Override
  public CompletionStage<Optional<Approval>> decide(
      String id, @Nullable String tenant, ApprovalDecision decision) {
    return memory.decide(id, tenant, decision).thenCompose(this::keptIfThere);
  }

  @Override
  public CompletionStage<Boolean> use(String id, Instant now) {
    return memory
        .use(id, now)
        .thenCompose(
            used ->
                used
                    ? memory.find(id).thenCompose(this::keptIfThere).thenApply(row -> true)
                    : CompletableFuture.completedFuture(false));
  }

  @Override
  public CompletionStage<Void> makeVoid(String id, String reason) {
    return memory
        .makeVoid(id, reason)
        .thenCompose(done -> memory.find(id))
        .thenCompose(this::keptIfThere)
        .thenApply(row -> null);
  }

  @Override
  public List<Approval> list(
      @Nullable String tenant, @Nullable String status, int limit, int offset) {
    return memory.list(tenant, status, limit, offset);
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
