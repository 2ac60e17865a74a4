package app.intentgate.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where escalated calls wait. Each row is decided at most once and used at most once, however many
 * gates and threads try. Thread-safe; a stage fails with {@link
 * app.intentgate.store.StoreUnavailableException} when the store cannot answer.
 */
public interface ApprovalStore {
  /**
   * Adds a row. When the same call waits already, undecided and in time, its row is returned
   * instead of a second one.
   */
  CompletionStage<Approval> enqueue(Approval approval);

  /** The row of an id. */
  CompletionStage<Optional<Approval>> find(String id);

  /**
   * The newest row of the same call that is neither used, void nor out of time, whatever its
   * status: a call sent again finds its own row.
   */
  CompletionStage<Optional<Approval>> findOpen(ApprovalBinding binding, Instant now);

  /**
   * Decides a pending row.
   *
   * @param tenant only a row of this tenant, or null for any
   * @return the row as it stands; its {@code decision} is the one given here exactly when this call
   *     decided it. Empty when there is no such row
   */
  CompletionStage<Optional<Approval>> decide(
      String id, @Nullable String tenant, ApprovalDecision decision);

  /** Marks an approved row as used; false when it was used, void or out of time already. */
  CompletionStage<Boolean> use(String id, Instant now);

  /** Makes a row unusable; it then says why. */
  CompletionStage<Void> makeVoid(String id, String reason);

  /**
   * Rows, newest first.
   *
   * @param tenant only those of this tenant, or null for all
   * @param status only those with this status as it is on the wire, or null for all
   */
  List<Approval> list(@Nullable String tenant, @Nullable String status, int limit, int offset);
}
