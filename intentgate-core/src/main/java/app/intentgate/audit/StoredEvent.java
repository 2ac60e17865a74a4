package app.intentgate.audit;

/**
 * An event with its place in a chain. The hash covers the previous hash and the event's canonical
 * form, which {@code docs/audit-format.md} describes; {@link AuditChain} makes and checks it.
 *
 * @param event the event
 * @param seq its number in the chain, from 1; 0 when it comes from a chain that has none
 * @param prevHash the hash of the event before it, 64 lower-case hex digits; empty on the first
 * @param hash its own hash, 64 lower-case hex digits; empty when it was stored without one
 */
public record StoredEvent(AuditEvent event, long seq, String prevHash, String hash) {
  /** The chain the event belongs to: its tenant, or {@code default} when it has none. */
  public String chain() {
    return AuditChain.keyOf(event.tenant());
  }
}
