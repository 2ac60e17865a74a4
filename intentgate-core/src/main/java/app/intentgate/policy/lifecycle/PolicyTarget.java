package app.intentgate.policy.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * What an operator wants in force.
 *
 * @param action what is to be done
 * @param draftId the draft to promote; empty for other actions
 * @param revision the revision it must be at; null for any
 * @param sha256 the hash its source must have; empty for any
 * @param to what a rollback goes back to: the id of a change, {@link #BUILT_IN}, or empty for one
 *     step
 */
public record PolicyTarget(
    PolicyAction action, String draftId, @Nullable Integer revision, String sha256, String to) {
  /** The name of the policy the gate started with. */
  public static final String BUILT_IN = "builtin";

  /** Promotes a draft. */
  public static PolicyTarget promote(String draftId, @Nullable Integer revision, String sha256) {
    return new PolicyTarget(PolicyAction.PROMOTE, draftId, revision, sha256, "");
  }

  /** Goes back. */
  public static PolicyTarget rollback(String to) {
    return new PolicyTarget(PolicyAction.ROLLBACK, "", null, "", to);
  }

  /** Empties the slot. */
  public static PolicyTarget clear() {
    return new PolicyTarget(PolicyAction.CLEAR, "", null, "", "");
  }
}
