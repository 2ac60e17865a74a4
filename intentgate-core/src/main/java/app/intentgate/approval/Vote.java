package app.intentgate.approval;

/**
 * What became of a human's decision.
 *
 * @param row the row as it stands
 * @param counted whether this decision is part of it; false when the row could not be decided so
 */
public record Vote(Approval row, boolean counted) {}
