package app.intentgate.check.run;

import app.intentgate.approval.ApprovalDecision;

/** What operators say in tests of the checks. */
final class Votes {
  private Votes() {}

  static ApprovalDecision yes() {
    return new ApprovalDecision(
        true, "operator:1", "pat", "looks fine", Callers.NOW.plusSeconds(1));
  }

  static ApprovalDecision no() {
    return new ApprovalDecision(false, "operator:1", "pat", "", Callers.NOW.plusSeconds(1));
  }
}
