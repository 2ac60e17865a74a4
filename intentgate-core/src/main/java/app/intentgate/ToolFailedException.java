package app.intentgate;

import java.io.Serial;

/**
 * A tool that ran because it was allowed, and failed with a checked exception, which is the cause.
 */
public final class ToolFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ToolFailedException(Exception cause) {
    super("the allowed tool failed", cause);
  }
}
