package app.intentgate.server.admin;

/**
 * An operator who signed in.
 *
 * @param tenant the one tenant of a tenant admin; empty for the operator of all
 */
record Principal(String tenant) {
  /** The operator of all tenants. */
  static final Principal SUPERADMIN = new Principal("");

  boolean isSuperadmin() {
    return tenant.isEmpty();
  }

  /** The name in the audit. */
  String name() {
    return isSuperadmin() ? "superadmin" : "tenant-admin:" + tenant;
  }

  /**
   * The tenant a request is about.
   *
   * @param named the tenant it names, or empty
   * @param where where it names it: body or query
   * @return that tenant, the operator's own, or empty for all of them
   * @throws AdminException when a tenant admin names another
   */
  String scope(String named, String where) {
    String asked = named.strip();
    if (isSuperadmin() || asked.isEmpty() || asked.equals(tenant)) {
      return isSuperadmin() ? asked : tenant;
    }
    throw new AdminException(403, "tenant in " + where + " does not match admin token's tenant");
  }
}
