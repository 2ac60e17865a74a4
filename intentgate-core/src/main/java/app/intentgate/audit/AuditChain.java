package app.intentgate.audit;

/**
 * The rule that links events: {@code hash = SHA-256(previous hash as text, canonical form)} in
 * lower-case hex, the previous hash empty for the first (runtime contract 5.2). Every tenant has a
 * chain of its own.
 */
public final class AuditChain {
  /** The chain of events without a tenant. */
  public static final String DEFAULT = "default";

  private AuditChain() {}

  /** The chain of a tenant's events. */
  public static String keyOf(String tenant) {
    return tenant.isEmpty() ? DEFAULT : tenant;
  }
}
