package app.intentgate.rego.time;

/** A text that is no time, duration or time zone; the message is the one Go gives. */
public final class TimeSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TimeSyntaxException(String message) {
    super(message, null, false, false);
  }
}
