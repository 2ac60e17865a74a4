package app.intentgate.sdk;

import java.io.Serial;

/** No token, a bad one, or one that does not cover the call. */
public final class CapabilityDenied extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  CapabilityDenied(Failure failure) {
    super(failure);
  }
}
