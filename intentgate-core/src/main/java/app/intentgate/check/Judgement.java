package app.intentgate.check;

import app.intentgate.approval.Approval;
import app.intentgate.intent.Intent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the checks found out about a call, whole: for the decision and for its event.
 *
 * @param caller who called, as far as it was verified
 * @param identified false when a credential was presented that did not verify
 * @param intent the intent, when one was extracted
 * @param policySha256 the hash of the policy that decided or would have; null when not identified
 * @param verdict what the policy said, or null when it was not reached
 * @param approval the approval row the call met, or null
 * @param refusal why the call is refused, or null
 * @param waiting whether the call waits for the approval
 */
public record Judgement(
    Caller caller,
    boolean identified,
    Optional<Intent> intent,
    @Nullable String policySha256,
    @Nullable PolicyVerdict verdict,
    @Nullable Approval approval,
    @Nullable Refusal refusal,
    boolean waiting) {

  /** Whether the call may be made. */
  public boolean allowed() {
    return refusal == null && !waiting;
  }
}
