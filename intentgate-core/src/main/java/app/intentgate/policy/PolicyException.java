package app.intentgate.policy;

import java.io.Serial;

/**
 * A policy that gave no valid decision. The message is shown to the agent and starts with {@code
 * policy: }; it names rules, rows and types, nothing of the gate's surroundings.
 */
public final class PolicyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What went wrong. */
  public PolicyException(String message) {
    super(message);
  }

  /** What went wrong, and why. */
  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
