package app.intentgate.audit;

import org.jspecify.annotations.Nullable;

/** Which of a call's two events one is. Both have the same {@code call_id}. */
public enum AuditPhase {
  /** What the gate decided, durable before it is answered. */
  DECISION("decision"),
  /** What became of an allowed call at its upstream. */
  OUTCOME("outcome");

  private final String wireName;

  AuditPhase(String wireName) {
    this.wireName = wireName;
  }

  /** The phase in JSON. */
  public String wireName() {
    return wireName;
  }

  /**
   * The phase of that name in JSON, or null for the empty name.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when there is none
   */
  public static @Nullable AuditPhase of(String wireName) {
    return switch (wireName) {
      case "" -> null;
      case "decision" -> DECISION;
      case "outcome" -> OUTCOME;
      default ->
          throw new AuditException(
              AuditException.Code.UNREADABLE, "phase is neither decision nor outcome");
    };
  }
}
