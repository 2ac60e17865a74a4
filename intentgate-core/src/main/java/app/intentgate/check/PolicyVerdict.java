package app.intentgate.check;

import app.intentgate.approval.ApprovalTerms;
import app.intentgate.policy.PolicyBundle;
import app.intentgate.policy.PolicyDecision;
import org.jspecify.annotations.Nullable;

/**
 * What a policy said about a call.
 *
 * @param sha256 the policy's hash
 * @param decision its decision, or null when it gave no valid one
 */
public record PolicyVerdict(String sha256, @Nullable PolicyDecision decision) {
  /** The bundle that decided, or null. */
  public @Nullable PolicyBundle bundle() {
    return decision == null ? null : decision.bundle();
  }

  /** The rule's reason, empty when there is none. */
  public String reason() {
    return decision == null ? "" : decision.reason();
  }

  /** Who has to agree where it escalates. */
  public ApprovalTerms approval() {
    return decision == null ? ApprovalTerms.DEFAULT : decision.approval();
  }

  /** Whether the policy asks for a stepped-up operator. */
  public boolean requiresStepUp() {
    return decision != null && decision.requiresStepUp();
  }
}
