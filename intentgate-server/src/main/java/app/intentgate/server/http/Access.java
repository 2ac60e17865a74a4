package app.intentgate.server.http;

import app.intentgate.operator.Role;

/**
 * Who may use a route (B41). The route table says it for every operators' route; nothing else in
 * the server grants a role anything.
 *
 * @param role the least role
 * @param allTenants whether only an operator of all tenants may
 */
public record Access(Role role, boolean allTenants) {
  /** Whoever may read. */
  static final Access VIEWER = new Access(Role.VIEWER, false);

  /** Whoever may read, in all tenants. */
  static final Access GLOBAL_VIEWER = new Access(Role.VIEWER, true);

  /** Whoever decides and halts. */
  static final Access OPERATOR = new Access(Role.OPERATOR, false);

  /** Whoever grants. */
  static final Access ADMIN = new Access(Role.ADMIN, false);

  /** Whoever grants, in all tenants. */
  static final Access GLOBAL_ADMIN = new Access(Role.ADMIN, true);
}
