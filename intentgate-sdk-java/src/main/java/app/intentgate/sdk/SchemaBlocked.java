package app.intentgate.sdk;

import java.io.Serial;

/** What the tool answered is not what it may answer; the tool has run. */
public final class SchemaBlocked extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  SchemaBlocked(Failure failure) {
    super(failure);
  }
}
