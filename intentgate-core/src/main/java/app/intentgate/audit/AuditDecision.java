package app.intentgate.audit;

/** What an event says was decided. On the wire a denial is {@code block}. */
public enum AuditDecision {
  /** The call was allowed. */
  ALLOW("allow"),
  /** The call was refused. */
  BLOCK("block"),
  /** The call waits for an approval. */
  ESCALATE("escalate");

  private final String wireName;

  AuditDecision(String wireName) {
    this.wireName = wireName;
  }

  /** The decision in JSON. */
  public String wireName() {
    return wireName;
  }

  /**
   * The decision of that name in JSON.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when there is none
   */
  public static AuditDecision of(String wireName) {
    return switch (wireName) {
      case "allow" -> ALLOW;
      case "block" -> BLOCK;
      case "escalate" -> ESCALATE;
      default ->
          throw new AuditException(
              AuditException.Code.UNREADABLE, "decision is none of allow, block, escalate");
    };
  }
}
