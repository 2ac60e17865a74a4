package app.intentgate.store;

import java.io.Serial;

/**
 * A store that cannot answer now. Checks that meet it fail closed; the message is for the
 * operator's log and never shown to an agent, but for that of {@link
 * app.intentgate.approval.ApprovalsFullException}, which names nothing internal.
 */
public class StoreUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What could not be done, for the operator. */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /** What could not be done, and why, for the operator. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
