package app.intentgate.sdk;

import java.io.Serial;

/**
 * Personal data or a secret in the arguments, or in what the tool answered; in the second case the
 * tool has run.
 */
public final class PiiBlocked extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  PiiBlocked(Failure failure) {
    super(failure);
  }
}
