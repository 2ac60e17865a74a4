package app.intentgate.sdk;

import java.io.Serial;

/** The user's own words do not cover the call. */
public final class IntentDenied extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  IntentDenied(Failure failure) {
    super(failure);
  }
}
