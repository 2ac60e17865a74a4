package app.intentgate.rego.glob;

/** A text that is no glob; the message is the one OPA gives. */
public final class GlobSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GlobSyntaxException(String message) {
    super(message, null, false, false);
  }
}
