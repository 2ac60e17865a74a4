package app.intentgate.server.http;

import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets pages of the configured origins read answers (CORS). They send their token in a header, as
 * every caller does; a browser's own credentials are never asked for.
 */
final class Cors {
  private static final String EXPOSED =
      "ETag, Retry-After, WWW-Authenticate, Content-Disposition, Mcp-Session-Id, X-Request-Id,"
          + " X-IntentGate-Call-Id, X-IntentGate-Decision, X-IntentGate-Check";
  private static final String NAMES = "[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,2048}";

  private final List<String> origins;

  /**
   * For pages of these.
   *
   * @param origins in lower case
   */
  Cors(List<String> origins) {
    this.origins = origins;
  }

  /**
   * Marks the answer for a browser; a browser that only asks whether it may ask is answered.
   *
   * @return whether that was all
   */
  boolean answers(String path, Request request, Response response, Callback callback) {
    if (origins.isEmpty()) {
      return false;
    }
    response.getHeaders().put(HttpHeader.VARY, "Origin");
    List<String> from = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
    if (from.size() != 1 || !origins.contains(from.get(0).toLowerCase(Locale.ROOT))) {
      return false;
    }
    response.getHeaders().put("Access-Control-Allow-Origin", from.get(0));
    List<Route> routes = RouteTable.of(path);
    if (!HttpMethod.OPTIONS.is(request.getMethod())
        || !request.getHeaders().contains("Access-Control-Request-Method")
        || routes.isEmpty()) {
      response.getHeaders().put("Access-Control-Expose-Headers", EXPOSED);
      return false;
    }
    response.getHeaders().put("Access-Control-Allow-Methods", RouteTable.allow(routes));
    String wanted = request.getHeaders().get("Access-Control-Request-Headers");
    if (wanted != null && wanted.matches(NAMES)) {
      response.getHeaders().put("Access-Control-Allow-Headers", wanted);
    }
    response.getHeaders().put("Access-Control-Max-Age", "600");
    Replies.empty(response, callback, 204);
    return true;
  }
}
