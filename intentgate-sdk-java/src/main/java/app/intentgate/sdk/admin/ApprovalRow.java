package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for a person, or waited for one.
 *
 * @param pendingId its id
 * @param tenant its tenant, may be empty
 * @param agentId the agent
 * @param tool the tool
 * @param arguments the arguments as the agent sent them; empty when it sent none
 * @param reason why a person is asked
 * @param status {@code pending}, {@code approved}, {@code rejected} or {@code timeout}
 * @param createdAt when it was asked
 * @param decidedBy who decided, as they called themselves; empty while it waits
 * @param json the row as it came
 */
public record ApprovalRow(
    String pendingId,
    String tenant,
    String agentId,
    String tool,
    JsonObject arguments,
    String reason,
    String status,
    @Nullable Instant createdAt,
    String decidedBy,
    JsonObject json) {

  static ApprovalRow of(JsonObject row) {
    return new ApprovalRow(
        Reading.text(row, "pending_id"),
        Reading.text(row, "tenant"),
        Reading.text(row, "agent_id"),
        Reading.text(row, "tool"),
        Reading.object(row, "args"),
        Reading.text(row, "reason"),
        Reading.text(row, "status"),
        Reading.time(row, "created_at"),
        Reading.text(row, "decided_by"),
        row);
  }

  /** Whether nobody has decided yet. */
  public boolean isPending() {
    return status.equals("pending");
  }
}
