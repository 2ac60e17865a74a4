package app.intentgate.approval;

import java.time.Instant;

/**
 * What one human decided.
 *
 * @param approved yes or no
 * @param principal who they authenticated as; {@code user:…} for the person behind the agent
 * @param label the name they wrote, which proves nothing; may be empty
 * @param note what they wrote; may be empty
 * @param at when
 */
public record ApprovalDecision(
    boolean approved, String principal, String label, String note, Instant at) {
  private static final String USER = "user:";

  /** The consent, or refusal, of the person behind the agent. */
  public static ApprovalDecision byUser(boolean approved, String subject, String note, Instant at) {
    return new ApprovalDecision(approved, USER + subject, "", note, at);
  }

  /** Whether the person behind the agent decided; that is never an operator's approval. */
  public boolean byUser() {
    return principal.startsWith(USER);
  }
}
