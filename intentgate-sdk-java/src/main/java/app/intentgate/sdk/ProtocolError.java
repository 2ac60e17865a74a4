package app.intentgate.sdk;

import java.io.Serial;

/** An answer that is not what a gate answers, or a request the gate could not read. */
public final class ProtocolError extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  ProtocolError(Failure failure) {
    super(failure);
  }

  @Override
  public boolean isDenial() {
    return false;
  }
}
