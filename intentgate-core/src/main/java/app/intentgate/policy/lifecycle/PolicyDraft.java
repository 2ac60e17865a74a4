package app.intentgate.policy.lifecycle;

import java.time.Instant;

/**
 * A draft at one of its revisions, the latest unless said otherwise.
 *
 * @param id 16 lower-case hex digits
 * @param tenant whose it is; empty for the default slot
 * @param createdBy the name its author wrote, which proves nothing; may be empty
 * @param createdAt when its first revision was saved
 * @param at the revision
 */
public record PolicyDraft(
    String id, String tenant, String createdBy, Instant createdAt, PolicyRevision at) {
  /** The name of the revision. */
  public RevisionRef ref() {
    return at.ref();
  }

  /** The same draft at another revision. */
  public PolicyDraft at(PolicyRevision revision) {
    return new PolicyDraft(id, tenant, createdBy, createdAt, revision);
  }
}
