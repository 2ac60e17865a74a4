package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;

/**
 * Which policy holds.
 *
 * @param currentDraftId the draft in force; empty for the built-in policy
 * @param previousDraftId the one before
 * @param proposedDraftId the one that waits for a second operator
 * @param requiresApproval whether a second operator is required; known when the slot was read
 * @param source where the policy in force comes from; known when the slot was read
 * @param swapped whether this gate decides by it now; known after a change
 * @param json the answer as it came
 */
public record PolicySlot(
    String currentDraftId,
    String previousDraftId,
    String proposedDraftId,
    boolean requiresApproval,
    String source,
    boolean swapped,
    JsonObject json) {

  static PolicySlot of(JsonObject answer) {
    JsonObject active =
        answer.get("active") != null
            ? Reading.object(answer, "active")
            : Reading.object(answer, "cleared");
    return new PolicySlot(
        Reading.text(active, "current_draft_id"),
        Reading.text(active, "previous_draft_id"),
        Reading.text(active, "proposed_draft_id"),
        Reading.flag(answer, "requires_approval"),
        Reading.text(answer, "source"),
        Reading.flag(answer, "swapped"),
        answer);
  }
}
