package app.intentgate.server.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every route of the contract (admin 2.1, runtime 4), built or not: a route that is not built
 * answers operators and strangers as that of a feature that is off, and wrong methods as ever.
 */
public final class RouteTable {
  private static final List<Route> ROUTES = new ArrayList<>();
  private static final String APPROVAL = "/v1/admin/approvals/{id}";

  static {
    built("POST", "/v1/mcp");
    built("POST", "/v1/tool-call");
    built("GET", "/healthz");
    built("GET", "/readyz");
    built("GET", "/.well-known/oauth-protected-resource");
    built("GET", "/.well-known/oauth-protected-resource/v1/mcp");
    built("GET", "/openapi.json");
    built("GET", "/v1/consent/{token}");
    built("POST", "/v1/consent/{token}");
    built("POST", "/v1/admin/mint", Access.ADMIN);
    built("POST", "/v1/admin/revoke", Access.OPERATOR);
    built("GET", "/v1/admin/revocations", Access.VIEWER);
    built("GET", "/v1/admin/tokens", Access.VIEWER);
    built("POST", "/v1/admin/check", Access.OPERATOR);
    built("GET", "/v1/admin/audit", Access.VIEWER);
    built("GET", "/v1/admin/audit/checkpoints", Access.VIEWER);
    built("GET", "/v1/admin/audit/key", Access.VIEWER);
    built("GET", "/v1/admin/audit/verify", Access.VIEWER);
    built("GET", "/v1/admin/whoami", Access.VIEWER);
    built("GET", "/v1/admin/operators", Access.ADMIN);
    built("POST", "/v1/admin/operators", Access.ADMIN);
    built("POST", "/v1/admin/operators/{id}/rotate", Access.ADMIN);
    built("DELETE", "/v1/admin/operators/{id}", Access.ADMIN);
    built("GET", "/metrics");
    later("POST", "/v1/reply");
    built("POST", "/v1/admin/exceptions/grant", Access.ADMIN);
    built("GET", "/v1/admin/tenants", Access.VIEWER);
    built("GET", "/v1/admin/integrations", Access.GLOBAL_ADMIN);
    built("GET", "/v1/admin/upstreams", Access.VIEWER);
    built("GET", "/v1/admin/tool-pins", Access.GLOBAL_VIEWER);
    built("POST", "/v1/admin/tool-pins", Access.GLOBAL_ADMIN);
    later("GET", "/v1/admin/segmentation", Access.VIEWER);
    later("PUT", "/v1/admin/segmentation", Access.GLOBAL_ADMIN);
    later("POST", "/v1/admin/segmentation/draft", Access.OPERATOR);
    built("POST", "/v1/admin/preview", Access.VIEWER);
    built("GET", "/v1/admin/kill-switch", Access.VIEWER);
    built("POST", "/v1/admin/kill-switch", Access.OPERATOR);
    built("POST", "/v1/admin/kill-switch/release", Access.OPERATOR);
    later("GET", "/v1/admin/tasks", Access.VIEWER);
    later("POST", "/v1/admin/tasks/clear", Access.OPERATOR);
    later("GET", "/v1/admin/upstream-credentials", Access.ADMIN);
    later("POST", "/v1/admin/upstream-credentials", Access.ADMIN);
    later("DELETE", "/v1/admin/upstream-credentials/{tool}", Access.ADMIN);
    built("GET", "/v1/admin/audit/stream", Access.VIEWER);
    built("GET", "/v1/admin/audit/export", Access.OPERATOR);
    built("GET", "/v1/admin/agents", Access.VIEWER);
    built("GET", "/v1/admin/flow-map", Access.VIEWER);
    built("GET", "/v1/admin/flow-map/recommend", Access.VIEWER);
    built("POST", "/v1/admin/proof-of-intent", Access.OPERATOR);
    built("POST", "/v1/admin/policies/dry-run", Access.OPERATOR);
    later("GET", "/v1/admin/payloads/{event_id}", Access.OPERATOR);
    built("GET", "/v1/admin/approvals", Access.VIEWER);
    built("GET", "/v1/admin/approvals/stream", Access.VIEWER);
    built("GET", "/v1/admin/approvals/grants", Access.VIEWER);
    built("DELETE", "/v1/admin/approvals/grants/{id}", Access.OPERATOR);
    built("GET", APPROVAL, Access.VIEWER);
    built("POST", "/v1/admin/approvals/{id}/decide", Access.OPERATOR);
    built("GET", "/v1/admin/policies/drafts", Access.VIEWER);
    built("POST", "/v1/admin/policies/drafts", Access.OPERATOR);
    built("GET", "/v1/admin/policies/drafts/{id}", Access.VIEWER);
    built("PUT", "/v1/admin/policies/drafts/{id}", Access.OPERATOR);
    built("DELETE", "/v1/admin/policies/drafts/{id}", Access.OPERATOR);
    built("GET", "/v1/admin/policies/active", Access.VIEWER);
    built("POST", "/v1/admin/policies/active", Access.ADMIN);
    built("DELETE", "/v1/admin/policies/active", Access.ADMIN);
    built("POST", "/v1/admin/policies/rollback", Access.ADMIN);
    built("GET", "/v1/admin/decisions/{call_id}", Access.VIEWER);
    built("GET", "/v1/admin/policies/history", Access.VIEWER);
    built("GET", "/v1/admin/policies/shadow", Access.VIEWER);
    built("POST", "/v1/admin/policies/shadow", Access.OPERATOR);
    built("DELETE", "/v1/admin/policies/shadow", Access.OPERATOR);
    built("POST", "/v1/admin/policies/propose", Access.OPERATOR);
    built("POST", "/v1/admin/policies/approve", Access.ADMIN);
    built("POST", "/v1/admin/policies/reject", Access.ADMIN);
  }

  private RouteTable() {}

  private static void built(String method, String path) {
    ROUTES.add(new Route(method, path, null, true));
  }

  private static void built(String method, String path, Access access) {
    ROUTES.add(new Route(method, path, access, true));
  }

  private static void later(String method, String path) {
    ROUTES.add(new Route(method, path, null, false));
  }

  private static void later(String method, String path, Access access) {
    ROUTES.add(new Route(method, path, access, false));
  }

  /** Every route. */
  public static List<Route> all() {
    return List.copyOf(ROUTES);
  }

  /** The routes of a request's path, whatever their method. */
  public static List<Route> of(String path) {
    List<Route> out = new ArrayList<>(2);
    for (Route route : ROUTES) {
      if (route.matches(path)) {
        out.add(route);
      }
    }
    return out;
  }

  /** Whether the contract has a route of this path. */
  public static boolean isKnown(String path) {
    return !of(path).isEmpty();
  }

  /** Whether some route of this path is served. */
  public static boolean isBuilt(String path) {
    return of(path).stream().anyMatch(Route::built);
  }

  /**
   * Whether a wrong method is answered as an unknown path: clients that decide at an approval's own
   * path are told so by the contract, which has no such route.
   */
  static boolean isUnknownToClients(String method, List<Route> routes) {
    return method.equals("POST")
        && routes.stream().allMatch(route -> route.path().equals(APPROVAL));
  }

  /** The value of an {@code Allow} header for these routes. */
  static String allow(List<Route> routes) {
    Set<String> methods = new LinkedHashSet<>();
    for (Route route : routes) {
      methods.add(route.method());
      if (route.method().equals("GET")) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }
}
