package app.intentgate.server.config;

/** A configuration that the gate does not start with; the message is a sentence to act on. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that names what to change. */
  public ConfigException(String message) {
    super(message);
  }

  /** A failure with what caused it, for the log. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
