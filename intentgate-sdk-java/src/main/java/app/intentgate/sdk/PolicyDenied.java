package app.intentgate.sdk;

import java.io.Serial;

/** The policy, or a control that speaks in its name, blocks the call. */
public final class PolicyDenied extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  PolicyDenied(Failure failure) {
    super(failure);
  }
}
