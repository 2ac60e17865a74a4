package app.intentgate.sdk;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import java.io.Serial;

/** The call was allowed, and the tool server answered with an error or not at all. */
public final class UpstreamFailed extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  UpstreamFailed(Failure failure) {
    super(failure);
  }

  @Override
  public boolean isDenial() {
    return false;
  }

  /** The status the tool server answered with; 0 when there was none, or the gate did not say. */
  public int upstreamStatus() {
    return data() instanceof JsonObject data
            && data.get("upstream_status") instanceof JsonNumber status
            && status.fitsLong()
        ? (int) status.longValue()
        : 0;
  }
}
