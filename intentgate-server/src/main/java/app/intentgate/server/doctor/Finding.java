package app.intentgate.server.doctor;

/**
 * One thing that was looked at. No text holds a secret.
 *
 * @param level how bad it is
 * @param subject what was looked at
 * @param text what was found, and what to do about it
 */
public record Finding(Level level, String subject, String text) {
  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** The gate runs; somebody should know. */
    WARN,
    /** The gate does not run, or not safely. */
    BAD
  }

  static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text);
  }

  static Finding warn(String subject, String text) {
    return new Finding(Level.WARN, subject, text);
  }

  static Finding bad(String subject, String text) {
    return new Finding(Level.BAD, subject, text);
  }
}
