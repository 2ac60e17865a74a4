package app.intentgate.sdk;

import java.io.Serial;

/** No answer came: the gate cannot be reached, is too slow, or the connection broke. */
public final class TransportError extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  TransportError(Failure failure) {
    super(failure);
  }

  @Override
  public boolean isDenial() {
    return false;
  }
}
