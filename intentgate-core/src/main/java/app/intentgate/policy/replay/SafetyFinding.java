package app.intentgate.policy.replay;

/**
 * Something about a candidate that an operator should know before it comes into force.
 *
 * @param severity {@code info}, {@code warning} or {@code critical}
 * @param code what kind
 * @param title in a few words
 * @param detail in a few sentences, with the numbers
 * @param suggestion what to do; may be empty
 */
public record SafetyFinding(
    String severity, String code, String title, String detail, String suggestion) {
  static final String INFO = "info";
  static final String WARNING = "warning";
  static final String CRITICAL = "critical";
}
