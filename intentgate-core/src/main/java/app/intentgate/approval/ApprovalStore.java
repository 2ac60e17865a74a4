package app.intentgate.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where escalated calls wait. Each vote counts at most once and each use at most as often as
 * permitted, however many gates and threads try: a store reads a row, asks {@link Approval} for the
 * next value, and writes it only if the row is still what it read. Thread-safe; a stage fails with
 * {@link app.intentgate.store.StoreUnavailableException} when the store cannot answer.
 */
public interface ApprovalStore {
  /**
   * Adds a row. When a row of an equal binding waits already, undecided and in time, that is
   * returned instead of a second one.
   */
  CompletionStage<Approval> enqueue(Approval approval);

  /**
   * The row of an id.
   *
   * @param tenant only a row of this tenant, or null for any
   */
  CompletionStage<Optional<Approval>> find(String id, @Nullable String tenant);

  /**
   * The row that a call meets which names none, see {@link Approval#isMetBy}, under whatever
   * policy: an approved one before others, and of those the newest.
   */
  CompletionStage<Optional<Approval>> findOpen(ApprovalBinding call, Instant now);

  /**
   * Casts a vote on a row, see {@link Approval#voted}. A pending row whose time ran out becomes a
   * timeout instead.
   *
   * @param tenant only a row of this tenant, or null for any
   * @return what became of the vote; empty when there is no such row
   */
  CompletionStage<Optional<Vote>> decide(
      String id, @Nullable String tenant, ApprovalDecision decision);

  /**
   * Lets one call through by an approved row, see {@link Approval#used}.
   *
   * @param tenant the row's
   * @return the row after it, or empty when it was used up, void or out of time already
   */
  CompletionStage<Optional<Approval>> use(String id, String tenant, Instant now);

  /**
   * Makes a row unusable, which then says why; one that is void keeps its first reason.
   *
   * @param tenant the row's
   */
  CompletionStage<Void> makeVoid(String id, String tenant, String reason, Instant now);

  /** Marks every pending row whose time ran out as a timeout. */
  CompletionStage<Void> expire(Instant now);

  /**
   * The rows wanted, newest first. May block.
   *
   * @throws app.intentgate.store.StoreUnavailableException when the store cannot answer
   */
  List<Approval> list(ApprovalQuery query);

  /**
   * How many rows are pending; may block. A store that holds rows elsewhere counts them there.
   *
   * @param tenant only those of this tenant, or null for all
   */
  default int waiting(@Nullable String tenant) {
    return list(ApprovalQuery.newest(Integer.MAX_VALUE).ofTenant(tenant).withStatus("pending"))
        .size();
  }

  /**
   * Tells a listener of every change from now on, those made by other gates included, within 100 ms
   * where the store can be reached. Listeners are few and stay as long as the store.
   */
  void watch(ApprovalListener listener);
}
