package app.intentgate.server.consent;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Calls that wait for a person. */
final class Rows {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private String id = "pending-1";
  private String agent = "bot";
  private String tool = "pay";
  private String reason = "";
  private String summary = "";
  private @Nullable JsonObject arguments;
  private ApprovalTerms.By by = ApprovalTerms.By.USER;

  private Rows() {}

  static Rows row() {
    return new Rows();
  }

  Rows id(String text) {
    id = text;
    return this;
  }

  Rows agent(String text) {
    agent = text;
    return this;
  }

  Rows tool(String text) {
    tool = text;
    return this;
  }

  Rows reason(String text) {
    reason = text;
    return this;
  }

  Rows summary(String text) {
    summary = text;
    return this;
  }

  Rows arguments(String json) {
    arguments = (JsonObject) JsonReader.parse(json);
    return this;
  }

  Rows by(ApprovalTerms.By who) {
    by = who;
    return this;
  }

  Approval build() {
    return Approval.pending(
        new ApprovalRequest(
            id,
            new ApprovalBinding("acme", "t", "c", agent, "ann", tool, "", "", ""),
            "t",
            arguments,
            summary,
            reason,
            false,
            new ApprovalTerms(by, 1, null),
            NOW,
            NOW.plusSeconds(300)));
  }
}
