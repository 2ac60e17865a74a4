package app.intentgate.server.metrics;

import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Counts requests when they are answered, by the contract's short list of routes and methods. */
public final class MeteredHandler extends Handler.Wrapper {
  private static final String OTHER = "other";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
  private static final String ADMIN = "/v1/admin/";
  private static final Set<String> ROUTES =
      Set.of(
          "/healthz",
          "/v1/tool-call",
          "/v1/mcp",
          "/metrics",
          ADMIN + "revoke",
          ADMIN + "revocations",
          ADMIN + "mint",
          ADMIN + "audit",
          ADMIN + "integrations",
          ADMIN + "approvals",
          ADMIN + "tenants",
          ADMIN + "policies/dry-run",
          ADMIN + "policies/drafts",
          ADMIN + "policies/active",
          ADMIN + "policies/rollback");

  private final GateMetrics metrics;

  /** Counts into these series. */
  public MeteredHandler(GateMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER;
    long start = System.nanoTime();
    Request.addCompletionListener(
        request,
        failure ->
            metrics.answered(
                method,
                route(path == null ? "" : path),
                response.getStatus(),
                System.nanoTime() - start));
    return super.handle(request, response, callback);
  }

  /** The label of a path: bounded, whatever strangers ask for. */
  static String route(String path) {
    if (ROUTES.contains(path)) {
      return path;
    }
    if (path.startsWith(ADMIN + "approvals/") && path.endsWith("/decide")) {
      return ADMIN + "approvals/decide";
    }
    return path.startsWith(ADMIN + "policies/drafts/") ? ADMIN + "policies/drafts/{id}" : OTHER;
  }
}
