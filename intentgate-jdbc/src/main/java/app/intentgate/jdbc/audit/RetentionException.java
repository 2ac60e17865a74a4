package app.intentgate.jdbc.audit;

import java.io.Serial;

/** Nothing was taken away, and why. */
public final class RetentionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  RetentionException(String message) {
    super(message);
  }
}
