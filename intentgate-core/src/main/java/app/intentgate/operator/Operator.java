package app.intentgate.operator;

/**
 * Who acts on a gate, for the audit log.
 *
 * @param principal who they authenticated as: {@code superadmin}, {@code tenant-admin:acme}
 * @param tenant the tenant they act in; empty for all
 * @param label the name they gave themselves, which proves nothing; may be empty
 * @param remoteAddress where they act from; may be empty
 * @param elevationId the elevation they act under; may be empty
 */
public record Operator(
    String principal, String tenant, String label, String remoteAddress, String elevationId) {
  /** The program that embeds the gate. */
  public static final Operator EMBEDDER = new Operator("embedder", "", "", "", "");

  /** The same with the name they gave themselves. */
  public Operator labelled(String name) {
    return new Operator(principal, tenant, name, remoteAddress, elevationId);
  }
}
