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

  static {
    built("POST", "/v1/mcp");
    built("POST", "/v1/tool-call");
    built("GET", "/healthz");
    built("GET", "/readyz");
    built("POST", "/v1/admin/mint");
    built("POST", "/v1/admin/revoke");
    built("GET", "/v1/admin/revocations");
    built("GET", "/v1/admin/audit");
    built("GET", "/v1/admin/audit/verify");
    later("GET", "/metrics");
    later("POST", "/v1/reply");
    later("POST", "/v1/admin/exceptions/grant");
    later("GET", "/v1/admin/tenants");
    later("GET", "/v1/admin/integrations");
    later("GET", "/v1/admin/segmentation");
    later("PUT", "/v1/admin/segmentation");
    later("POST", "/v1/admin/segmentation/draft");
    later("POST", "/v1/admin/preview");
    later("GET", "/v1/admin/kill-switch");
    later("POST", "/v1/admin/kill-switch");
    later("POST", "/v1/admin/kill-switch/release");
    later("GET", "/v1/admin/tasks");
    later("POST", "/v1/admin/tasks/clear");
    later("GET", "/v1/admin/upstream-credentials");
    later("POST", "/v1/admin/upstream-credentials");
    later("DELETE", "/v1/admin/upstream-credentials/{tool}");
    later("GET", "/v1/admin/audit/stream");
    later("GET", "/v1/admin/audit/export");
    later("GET", "/v1/admin/agents");
    later("GET", "/v1/admin/flow-map");
    later("GET", "/v1/admin/flow-map/recommend");
    later("POST", "/v1/admin/proof-of-intent");
    later("POST", "/v1/admin/policies/dry-run");
    later("GET", "/v1/admin/payloads/{event_id}");
    later("GET", "/v1/admin/approvals");
    later("POST", "/v1/admin/approvals/{id}/decide");
    later("GET", "/v1/admin/policies/drafts");
    later("POST", "/v1/admin/policies/drafts");
    later("GET", "/v1/admin/policies/drafts/{id}");
    later("PUT", "/v1/admin/policies/drafts/{id}");
    later("DELETE", "/v1/admin/policies/drafts/{id}");
    later("GET", "/v1/admin/policies/active");
    later("POST", "/v1/admin/policies/active");
    later("DELETE", "/v1/admin/policies/active");
    later("POST", "/v1/admin/policies/rollback");
    later("POST", "/v1/admin/policies/propose");
    later("POST", "/v1/admin/policies/approve");
    later("POST", "/v1/admin/policies/reject");
  }

  private RouteTable() {}

  private static void built(String method, String path) {
    ROUTES.add(new Route(method, path, true));
  }

  private static void later(String method, String path) {
    ROUTES.add(new Route(method, path, false));
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
