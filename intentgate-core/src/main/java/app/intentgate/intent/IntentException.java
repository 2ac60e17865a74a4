package app.intentgate.intent;

import java.io.Serial;

/**
 * A prompt that could not be turned into an intent. The message is shown to the agent: it carries
 * no address and nothing the extractor's server said (B5); the cause is for the operator's log.
 */
public final class IntentException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What failed, as the agent may read it. */
  public IntentException(String message) {
    super(message);
  }

  /** What failed, as the agent may read it, and why, for the operator. */
  public IntentException(String message, Throwable cause) {
    super(message, cause);
  }
}
