package app.intentgate.sdk;

import java.io.Serial;

/** A person must approve first. The call was not carried out; it waits under an id. */
public final class ApprovalPending extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  private final String pendingId;

  ApprovalPending(Failure failure, String pendingId) {
    super(failure);
    this.pendingId = pendingId;
  }

  /** The id to resume with: {@link CallOptions#resuming}. */
  public String pendingId() {
    return pendingId;
  }
}
