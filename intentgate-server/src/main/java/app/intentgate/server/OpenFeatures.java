package app.intentgate.server;

import app.intentgate.server.consent.ConsentLinks;
import app.intentgate.server.http.FrontHandler;
import app.intentgate.server.http.Route;
import app.intentgate.server.oauth.ProtectedResource;
import java.util.List;

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
  /** How the paths begin that tell what the audit holds (B60). */
  private static final List<String> OF_AUDIT =
      List.of(
          "/v1/admin/audit",
          "/v1/admin/agents",
          "/v1/admin/flow-map",
          "/v1/admin/proof-of-intent",
          "/v1/admin/policies/dry-run",
          "/v1/admin/tokens",
          "/v1/admin/decisions/");

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
    if (OF_AUDIT.stream().anyMatch(path::startsWith)) {
      return audit;
    }
    if (path.equals("/v1/admin/tool-pins")) {
      return pins;
    }
    return policies || !path.startsWith("/v1/admin/policies/");
  }
}
