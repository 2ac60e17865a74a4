package app.intentgate.rego.jose;

/** A key, certificate or signature request that makes no sense; the message says why. */
public final class JoseException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A message that never holds key material. */
  public JoseException(String message) {
    super(message, null, false, false);
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
