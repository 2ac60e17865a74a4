package app.intentgate.sdk;

import java.io.Serial;

/** Nobody decided in time, or the approval named does not fit the call or was used before. */
public final class ApprovalExpired extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  ApprovalExpired(Failure failure) {
    super(failure);
  }
}
