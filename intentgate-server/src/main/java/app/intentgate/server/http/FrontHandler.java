package app.intentgate.server.http;

import app.intentgate.server.config.Origins;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The first to see a request: refuses foreign origins (B47), serves the two routes of agents
 * itself, answers unknown paths and wrong methods, and passes the rest on. What operators and
 * people ask for may wait for a store: it goes on on threads of its own, so that it never takes
 * those of the agents.
 */
public final class FrontHandler extends Handler.Wrapper {
  /** More than a form of one answer needs. */
  private static final int STRANGERS_BODY = 4_096;

  private final Agents agents;
  private final List<String> origins;
  private final boolean onlyLocal;
  private final OpenRoutes open;
  private final Executor slow;
  private final Cors cors;

  /** The value that was allowed last: most requests come with the same. */
  private volatile @Nullable String allowedHost;

  /** Serves the routes of agents. */
  public interface Agents {
    /** Whether {@code GET} and {@code DELETE /v1/mcp} are served. */
    boolean hasStreams();

    /** Ends what has to end; to be called every second. */
    void everySecond();

    /** Records the failures that were not recorded one by one; the last time, all of them. */
    void recordSummaries(boolean last);

    /** Ends the streams that nobody waits for an answer on, and opens none any more. */
    void endStreams();

    /** {@code POST /v1/mcp}, and {@code GET} and {@code DELETE} where they are served. */
    void mcp(Request request, Response response, Callback callback);

    /** {@code POST /v1/tool-call}. */
    void toolCall(Request request, Response response, Callback callback);
  }

  /** Says which routes this configuration has. */
  @FunctionalInterface
  public interface OpenRoutes {
    /** Whether the feature of a route is on; otherwise it is answered as an unknown path. */
    boolean isOn(Route route);
  }

  /**
   * A front for the routes behind it.
   *
   * @param origins the configured browser origins
   * @param onlyLocal whether only this machine can reach the gate, so that names other than its own
   *     are those of pages that rebound theirs (mcp T9)
   * @param slow runs what may wait for a store; may refuse
   */
  public FrontHandler(
      Agents agents, List<String> origins, boolean onlyLocal, OpenRoutes open, Executor slow) {
    this.agents = agents;
    this.origins = origins;
    this.onlyLocal = onlyLocal;
    this.open = open;
    this.slow = slow;
    this.cors = new Cors(origins);
  }

  /**
   * Nothing here waits, so the thread that finds a request readable may serve it: calls are short
   * or go on elsewhere ({@link HandOver}), and so does what operators ask for.
   */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    RequestId.echo(request, response);
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !allOriginsAllowed(request)) {
      Replies.error(response, callback, 403, "origin not allowed");
      return true;
    }
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (onlyLocal && host != null && !isHostAllowed(host)) {
      Replies.error(response, callback, 403, "host not allowed");
      return true;
    }
    String path = request.getHttpURI().getPath();
    if (cors.answers(path == null ? "" : path, request, response, callback)) {
      return true;
    }
    if (HttpMethod.POST.is(request.getMethod()) && path != null) {
      if (path.equals("/v1/mcp")) {
        agents.mcp(request, response, callback);
        return true;
      }
      if (path.equals("/v1/tool-call")) {
        agents.toolCall(request, response, callback);
        return true;
      }
    }
    if ("/v1/mcp".equals(path) && agents.hasStreams() && isOfSession(request.getMethod())) {
      agents.mcp(request, response, callback);
      return true;
    }
    return other(path == null ? "" : path, request, response, callback);
  }

  private static boolean isOfSession(String method) {
    return HttpMethod.GET.is(method) || HttpMethod.DELETE.is(method);
  }

  private boolean isHostAllowed(String host) {
    if (host.equals(allowedHost)) {
      return true;
    }
    boolean allowed = Origins.isHostAllowed(host, origins);
    if (allowed) {
      allowedHost = host;
    }
    return allowed;
  }

  private boolean allOriginsAllowed(Request request) {
    return request.getHeaders().getValuesList(HttpHeader.ORIGIN).stream()
        .allMatch(origin -> Origins.isAllowed(origin, origins));
  }

  private boolean other(String path, Request request, Response response, Callback callback) {
    List<Route> routes = RouteTable.of(path).stream().filter(open::isOn).toList();
    if (routes.isEmpty()) {
      Replies.notFound(response, callback);
      return true;
    }
    String method = request.getMethod();
    String served = HttpMethod.HEAD.is(method) ? "GET" : method;
    for (Route route : routes) {
      if (route.method().equals(served)) {
        if (route.isAdmin() || route.mayWait() && !HttpMethod.POST.is(method)) {
          handOver(request, response, callback);
          return true;
        }
        if (route.mayWait()) {
          readThenHandOver(request, response, callback);
          return true;
        }
        if (route.built()) {
          // Javalin writes until its reader has it: never on a thread that others may need.
          WholeAnswer whole = new WholeAnswer(request, response, callback);
          request.getComponents().getExecutor().execute(() -> elsewhere(request, whole, whole));
          return true;
        }
        Replies.notFound(response, callback);
        return true;
      }
    }
    if (RouteTable.isUnknownToClients(method, routes)) {
      Replies.notFound(response, callback);
    } else {
      Replies.methodNotAllowed(response, callback, RouteTable.allow(routes));
    }
    return true;
  }

  /** Operators prove who they are before they are read; strangers get no thread to wait on. */
  private void readThenHandOver(Request request, Response response, Callback callback) {
    BodyReader.read(
        request,
        STRANGERS_BODY,
        new BodyReader.Listener() {
          @Override
          public void onBody(byte[] body) {
            handOver(new ReadRequest(request, body), response, callback);
          }

          @Override
          public void onFailure(String why) {
            Replies.error(response, callback, 400, why);
          }
        });
  }

  private void handOver(Request request, Response response, Callback callback) {
    try {
      slow.execute(() -> elsewhere(request, response, callback));
    } catch (RejectedExecutionException e) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
      Replies.error(response, callback, 503, "too many requests of operators wait; try again");
    }
  }

  private void elsewhere(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Replies.notFound(response, callback);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
