package app.intentgate.server.cli;

import java.io.Serial;

/** Words that do not fit together; the message says what would. */
final class UsageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
