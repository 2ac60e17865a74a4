package app.intentgate.policy.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps drafts, slots and history, and knows which gates there are. Thread-safe, and safe for many
 * gates at once. Every method may block and belongs on a thread that may; what it returns or did is
 * durable by then. Each fails with {@link app.intentgate.store.StoreUnavailableException} when the
 * store cannot answer, and then changed nothing as far as anybody sees.
 */
public interface PolicyStore {
  /**
   * Keeps a new draft with its first revision.
   *
   * @throws IllegalStateException when there is a draft of its id, or a deleted one that is kept
   * @throws app.intentgate.store.StoreUnavailableException also when there is no room for it
   */
  void create(PolicyDraft draft);

  /**
   * A draft at its latest revision; empty when there is none, or it was deleted.
   *
   * @param tenant only one of this tenant, or null for any
   */
  Optional<PolicyDraft> draft(String id, @Nullable String tenant);

  /**
   * A draft as it stood at a revision, whatever came after it: also when it was deleted since, as
   * long as a slot or its history names it. Of others that were deleted a store may keep nothing.
   *
   * @param tenant only one of this tenant, or null for any
   */
  Optional<PolicyDraft> draftAt(String id, int revision, @Nullable String tenant);

  /**
   * What a slot refers to: a revision of its tenant's draft or of one of the default slot, which
   * all may use; of no other tenant's.
   */
  default Optional<PolicyDraft> referredTo(String tenant, RevisionRef ref) {
    Optional<PolicyDraft> own = draftAt(ref.draftId(), ref.revision(), tenant);
    return own.isPresent() || tenant.isEmpty() ? own : draftAt(ref.draftId(), ref.revision(), "");
  }

  /**
   * Drafts at their latest revisions, the one saved last first.
   *
   * @param tenant only those whose tenant is this, or null for all
   */
  List<PolicyDraft> drafts(@Nullable String tenant, int limit, int offset);

  /**
   * Adds a revision to a draft.
   *
   * @param tenant the draft's
   * @return false when there is no such draft, or its latest revision is not the one before
   */
  boolean revise(PolicyRevision next, String tenant);

  /** What became of a wish to delete. */
  enum Deletion {
    /** It is gone from the list; its revisions stay where history names it. */
    DELETED,
    /** There is no such draft. */
    UNKNOWN,
    /** Some slot refers to it ({@link PolicySlot#refersTo}). */
    IN_USE
  }

  /**
   * Deletes a draft to which no slot refers; atomic against {@link #put}.
   *
   * @param tenant the draft's
   */
  Deletion delete(String draftId, String tenant);

  /** A tenant's slot, empty at version 0 when it was never used. */
  PolicySlot slot(String tenant);

  /** Every slot that was ever used, in no order. */
  List<PolicySlot> slots();

  /**
   * Replaces a slot and adds to its history, both or neither; {@linkplain #watch watchers} in every
   * process are then told.
   *
   * @param next the slot, its version one more than that it replaces
   * @param change the entry of the history; null when nothing came into force
   * @param needed a draft of the slot's tenant or of the default slot that must be there, not
   *     deleted; null when none must
   * @return false, with nothing done, when the slot has another version by now, or the needed draft
   *     is gone
   */
  boolean put(PolicySlot next, @Nullable PolicyChange change, @Nullable String needed);

  /** An entry of a slot's history. */
  Optional<PolicyChange> change(String tenant, String id);

  /**
   * The history of a slot, newest first.
   *
   * @param cursor from the page before, or null for the first
   * @throws IllegalArgumentException when the cursor is not one of this store's
   */
  PolicyHistory history(String tenant, int limit, @Nullable String cursor);

  /** A listener at work; closing ends it. Thread-safe; no method blocks. */
  interface Watch extends AutoCloseable {
    /** How often it was told so far, for {@link #applied}. */
    default long told() {
      return 0;
    }

    /**
     * What it was told is in force. A store that other processes change lets no call rely on it
     * while that is not so after it was cut off.
     *
     * @param upTo {@link #told} from before the slots were read
     */
    default void applied(long upTo) {}

    @Override
    void close();
  }

  /**
   * Tells a listener the tenant of each slot that changed, in this or another process, soon after
   * it did, on any thread; it must not block. Best effort: whoever must not miss a change also
   * looks now and then.
   */
  Watch watch(Consumer<String> tenants);

  /**
   * A gate's sign of life, with the versions of slots it has loaded since its last one.
   *
   * @param loaded tenant to the version its policy was loaded at
   */
  void beat(String gateId, Map<String, Long> loaded);

  /** The gate is gone and need not be waited for. */
  void leave(String gateId);

  /**
   * The gates whose last sign of life is not older than so long, by the store's clock, and which
   * version of a tenant's slot each has loaded.
   */
  List<GateState> gates(String tenant, Duration alive);
}
