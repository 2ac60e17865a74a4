package app.intentgate.operator;

/**
 * What an operator who signed in may grant: never more than they have.
 *
 * @param role their role
 * @param tenant the one tenant they act in; empty for all
 */
public record Authority(Role role, String tenant) {
  /** All roles in all tenants. */
  public static final Authority FULL = new Authority(Role.ADMIN, "");

  /** Whether they may give an account this role in this tenant, empty for all. */
  public boolean mayGrant(Role granted, String inTenant) {
    return role.covers(granted) && maySee(inTenant);
  }

  /** Whether they may see accounts of this tenant, empty for those of all tenants. */
  public boolean maySee(String inTenant) {
    return tenant.isEmpty() || tenant.equals(inTenant);
  }
}
