package app.intentgate.audit;

/**
 * The rule that links events: {@code hash = SHA-256(previous hash as text, canonical form)} in
 * lower-case hex, the previous hash empty for the first (runtime contract 5.2). Every tenant has a
 * chain of its own. Stateless and thread-safe.
 */
public final class AuditChain {
  /** The chain of events without a tenant. */
  public static final String DEFAULT = "default";

  private AuditChain() {}

  /** The chain of a tenant's events. */
  public static String keyOf(String tenant) {
    return tenant.isEmpty() ? DEFAULT : tenant;
  }

  /**
   * Chains an event: gives it a number and its hash.
   *
   * @param seq its number in its chain, from 1; not hashed, and not kept, by schema {@code "7"}
   * @param prevHash the hash of the event before it; empty when it is the first
   */
  public static StoredEvent link(AuditEvent event, long seq, String prevHash) {
    return new ChainLinker().link(event, seq, prevHash);
  }

  /** Whether a stored event's hash is the one its members and its previous hash have. */
  public static boolean holds(StoredEvent stored) {
    return link(stored.event(), stored.seq(), stored.prevHash()).hash().equals(stored.hash());
  }
}
