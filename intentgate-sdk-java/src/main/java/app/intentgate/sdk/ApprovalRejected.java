package app.intentgate.sdk;

import java.io.Serial;

/** A person decided against the call. */
public final class ApprovalRejected extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  ApprovalRejected(Failure failure) {
    super(failure);
  }
}
