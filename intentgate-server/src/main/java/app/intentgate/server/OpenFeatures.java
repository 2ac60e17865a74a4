package app.intentgate.server;

import app.intentgate.server.consent.ConsentLinks;
import app.intentgate.server.http.FrontHandler;
import app.intentgate.server.http.Route;
import app.intentgate.server.oauth.ProtectedResource;

/**
 * Which features a configuration has: a route of one that is off is answered as an unknown path.
 *
 * @param operators whether anybody may sign in
 * @param audit whether the audit can be asked
 * @param policies whether policies can be changed
 * @param approvals whether calls can wait for a person
 * @param metrics whether figures are shown
 * @param people whether the person behind an agent can reach the gate
 * @param oauth whether access tokens of others are taken
 * @param pins whether tools are pinned
 */
record OpenFeatures(
    boolean operators,
    boolean audit,
    boolean policies,
    boolean approvals,
    boolean metrics,
    boolean people,
    boolean oauth,
    boolean pins)
    implements FrontHandler.OpenRoutes {

  @Override
  public boolean isOn(Route route) {
    String path = route.path();
    if (path.equals("/metrics")) {
      return metrics;
    }
    if (path.startsWith(ProtectedResource.PATH)) {
      return oauth;
    }
    if (path.startsWith(ConsentLinks.PATH)) {
      return people && approvals;
    }
    if (!route.isAdmin()) {
      return true;
    }
    return operators && isOn(path);
  }

  private boolean isOn(String path) {
    if (path.startsWith("/v1/admin/approvals")) {
      return approvals;
    }
    if (path.equals("/v1/admin/policies/dry-run")
        || path.equals("/v1/admin/tokens")
        || path.startsWith("/v1/admin/decisions/")) {
      return audit;
    }
    if (path.equals("/v1/admin/tool-pins")) {
      return pins;
    }
    if (path.startsWith("/v1/admin/policies/")) {
      return policies;
    }
    return audit || !path.startsWith("/v1/admin/audit") || path.endsWith("/stream");
  }
}
