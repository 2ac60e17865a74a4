package app.intentgate.policy.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's slot says: the policy that is wanted, and the change that waits. Whoever changes
 * it names the version it read, so that of two that race one learns of the other.
 *
 * @param tenant whose; empty for the default slot
 * @param version counts the changes of the slot; 0 for one that was never used. Never goes back
 * @param changeId the change that put the current policy in force; null when none ever did
 * @param current the revision in force; null for none of its own
 * @param previous what one step back would put in force; null for none of its own
 * @param promotedBy the name of who put it in force, which proves nothing; may be empty
 * @param approvedBy the name of who approved that; empty when nobody had to
 * @param promotedAt when; null while the slot has none of its own
 * @param proposal the change that waits for a second operator, or null
 * @param shadow what is evaluated beside it, or null
 */
public record PolicySlot(
    String tenant,
    long version,
    @Nullable String changeId,
    @Nullable RevisionRef current,
    @Nullable RevisionRef previous,
    String promotedBy,
    String approvedBy,
    @Nullable Instant promotedAt,
    @Nullable PolicyProposal proposal,
    @Nullable PolicyShadow shadow) {
  /** A slot that was never used. */
  public static PolicySlot empty(String tenant) {
    return new PolicySlot(tenant, 0, null, null, null, "", "", null, null, null);
  }

  /** Whether this slot refers to a draft as current, previous or proposed. */
  public boolean refersTo(String draftId) {
    return names(current, draftId)
        || names(previous, draftId)
        || (proposal != null && names(proposal.target(), draftId));
  }

  private static boolean names(@Nullable RevisionRef ref, String draftId) {
    return ref != null && ref.draftId().equals(draftId);
  }

  /** The next version, with another proposal or none. */
  public PolicySlot withProposal(@Nullable PolicyProposal next) {
    return new PolicySlot(
        tenant,
        version + 1,
        changeId,
        current,
        previous,
        promotedBy,
        approvedBy,
        promotedAt,
        next,
        shadow);
  }

  /** The next version, with another shadow or none. */
  public PolicySlot withShadow(@Nullable PolicyShadow next) {
    return new PolicySlot(
        tenant,
        version + 1,
        changeId,
        current,
        previous,
        promotedBy,
        approvedBy,
        promotedAt,
        proposal,
        next);
  }

  /**
   * The next version, after a change; what was proposed no longer waits.
   *
   * @param newPrevious what one step back from it puts in force
   */
  public PolicySlot after(PolicyChange change, @Nullable RevisionRef newPrevious) {
    boolean none = change.target() == null;
    return new PolicySlot(
        tenant,
        version + 1,
        change.id(),
        change.target(),
        newPrevious,
        none ? "" : change.by(),
        none ? "" : change.approvedBy(),
        none ? null : change.at(),
        null,
        shadow);
  }
}
