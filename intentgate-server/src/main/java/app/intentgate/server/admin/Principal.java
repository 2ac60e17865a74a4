package app.intentgate.server.admin;

import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.Role;
import app.intentgate.server.http.Access;

/**
 * An operator who signed in.
 *
 * @param name the name in the audit: {@code superadmin}, {@code tenant-admin:acme}, {@code
 *     operator:id}
 * @param role what they may do
 * @param tenant the one tenant they act in; empty for all
 * @param subject the agent subject that is the same person; may be empty
 */
record Principal(String name, Role role, String tenant, String subject) {
  /** The operator of all tenants whose token the configuration names. */
  static final Principal SUPERADMIN = new Principal("superadmin", Role.ADMIN, "", "");

  /** The operator of one tenant whose token the configuration names. */
  static Principal tenantAdmin(String tenant) {
    return new Principal("tenant-admin:" + tenant, Role.ADMIN, tenant, "");
  }

  /** The operator of an account. */
  static Principal of(OperatorAccount account) {
    return new Principal(account.principal(), account.role(), account.tenant(), account.subject());
  }

  /** Whether they act in all tenants. */
  boolean isSuperadmin() {
    return tenant.isEmpty();
  }

  /**
   * Whether they may use a route. An operator of one tenant who asks for what only those of all
   * tenants have is a stranger there, as clients know it (401), not one with too little (403).
   */
  boolean may(Access access) {
    return role.covers(access.role());
  }

  /**
   * The tenant a request is about.
   *
   * @param named the tenant it names, or empty
   * @param where where it names it: body or query
   * @return that tenant, the operator's own, or empty for all of them
   * @throws AdminException when they name another than the one they act in
   */
  String scope(String named, String where) {
    String asked = named.strip();
    if (isSuperadmin() || asked.isEmpty() || asked.equals(tenant)) {
      return isSuperadmin() ? asked : tenant;
    }
    throw new AdminException(403, "tenant in " + where + " does not match admin token's tenant");
  }
}
