package app.intentgate.sdk;

import java.io.Serial;

/** The agent's memory is not the chain it wrote, or belongs to another token. */
public final class ProvenanceDenied extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  ProvenanceDenied(Failure failure) {
    super(failure);
  }
}
