package app.intentgate.approval;

import app.intentgate.approval.ApprovalTerms.By;
import app.intentgate.approval.ApprovalTerms.Standing;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for tests of one row: an agent of acme wants to pay. */
final class Rows {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  static final Instant END = NOW.plusSeconds(300);
  static final Standing THREE_IN_AN_HOUR = new Standing(3, Duration.ofHours(1), List.of("to"));

  private Rows() {}

  static ApprovalBinding binding() {
    return new ApprovalBinding(
        "acme", "jti", "chain", "bot", "maria", "pay", "args", "cover", "policy");
  }

  static Approval waiting(int quorum, @Nullable Standing standing) {
    return Approval.pending(
        new ApprovalRequest(
            "one",
            binding(),
            "root",
            JsonObject.of("n", JsonNumber.parse("9007199254740993")),
            "pay it",
            "above the threshold",
            true,
            new ApprovalTerms(By.OPERATOR, quorum, standing),
            NOW,
            END));
  }

  static Approval waiting() {
    return waiting(1, null);
  }

  static ApprovalDecision vote(boolean yes, String who, long second) {
    return new ApprovalDecision(yes, who, "pat", "fine", NOW.plusSeconds(second));
  }

  static Approval approved() {
    return waiting().voted(vote(true, "operator:1", 1));
  }

  static Approval standing() {
    return waiting(1, THREE_IN_AN_HOUR).voted(vote(true, "operator:1", 1));
  }
}
