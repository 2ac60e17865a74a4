package app.intentgate.approval;

import java.time.Instant;

/**
 * What a human decided.
 *
 * @param approved yes or no
 * @param principal who they authenticated as
 * @param label the name they wrote, which proves nothing; may be empty
 * @param note what they wrote; may be empty
 * @param at when
 */
public record ApprovalDecision(
    boolean approved, String principal, String label, String note, Instant at) {}
