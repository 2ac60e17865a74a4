package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A person must approve first. The call waits under an id, and was not carried out, unless {@link
 * #mayHaveRun} says that the waiting ended before the gate did: it may have been approved just
 * then.
 */
public final class ApprovalPending extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  private final String pendingId;

  ApprovalPending(Failure failure, String pendingId) {
    super(failure);
    this.pendingId = pendingId;
  }

  /** What a notification says of a call that is held, or null when it says nothing of that. */
  static @Nullable ApprovalPending fromProgress(JsonObject notification) {
    if (!Json.text(notification, "method", "").equals("notifications/progress")
        || !(notification.get("params") instanceof JsonObject params)
        || !(params.get("_meta") instanceof JsonObject meta)) {
      return null;
    }
    String id = Json.text(meta, "app.intentgate/approval_id", "");
    return id.isEmpty()
        ? null
        : new ApprovalPending(
            new Failure(-32019, "approval pending", "", "policy", "", params, false, null), id);
  }

  /** The same of a call that was given up while the gate still held it. */
  ApprovalPending unanswered(Throwable cause) {
    return new ApprovalPending(
        new Failure(code(), "approval pending", reason(), check(), callId(), data(), true, cause),
        pendingId);
  }

  /** The id to resume with: {@link CallOptions#resuming}. */
  public String pendingId() {
    return pendingId;
  }
}
