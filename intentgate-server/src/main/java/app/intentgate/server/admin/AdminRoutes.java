package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditException;
import app.intentgate.server.admin.RouteGroup.RouteHandler;
import app.intentgate.server.http.Access;
import app.intentgate.server.http.FailedSignIns;
import app.intentgate.server.http.Replies;
import app.intentgate.server.http.Route;
import app.intentgate.server.http.RouteTable;
import app.intentgate.store.StoreUnavailableException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the operators' routes: each is served only to an operator who signed in; one that is not
 * built answers operators as a feature that is off.
 */
public final class AdminRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(AdminRoutes.class);

  private final IntentGate gate;
  private final SignIn signIn;
  private final FailedSignIns failures;
  private final List<RouteGroup> features;
  private final Map<String, RouteHandler> handlers = new HashMap<>();

  /** The routes. */
  public AdminRoutes(AdminServices services) {
    this.gate = services.gate();
    this.signIn = new SignIn(services.credentials(), services.operators(), Clock.systemUTC());
    this.failures = new FailedSignIns(System::currentTimeMillis);
    this.features = AdminFeatures.of(services);
    for (RouteGroup feature : features) {
      handlers.putAll(feature.handlers());
    }
  }

  /** Adds every operators' route of the contract to a Javalin configuration. */
  public void bind(JavalinConfig config) {
    for (Route route : RouteTable.all()) {
      Access access = route.access();
      if (access == null) {
        continue;
      }
      RouteHandler handler = handlers.get(route.name());
      if (route.built() != (handler != null)) {
        throw new IllegalStateException("the route table is wrong about " + route);
      }
      Handler guarded = context -> serve(context, access, handler);
      config.routes.addEndpoint(endpoint(route.method(), route.path(), guarded));
      if (route.method().equals("GET")) {
        config.routes.addEndpoint(endpoint("HEAD", route.path(), guarded));
      }
    }
  }

  /** Ends the event streams that operators follow: the gate stops. */
  public void endStreams() {
    features.forEach(RouteGroup::endStreams);
  }

  private static Endpoint endpoint(String method, String path, Handler handler) {
    return new Endpoint(HandlerType.findOrCreate(method), path, handler);
  }

  private void serve(Context context, Access access, @Nullable RouteHandler handler)
      throws Exception {
    try {
      List<String> authorization = Collections.list(context.req().getHeaders("Authorization"));
      Principal principal = signIn.of(authorization);
      if (principal == null || access.allTenants() && !principal.isSuperadmin()) {
        refuse(context, SignIn.token(authorization));
      } else if (!principal.may(access)) {
        forbid(context, principal, access);
      } else if (handler == null) {
        context
            .status(404)
            .header("X-Content-Type-Options", "nosniff")
            .contentType("text/plain; charset=utf-8")
            .result("404 page not found\n");
      } else {
        handler.handle(
            new AdminCall(context, principal, () -> principal.equals(signIn.of(authorization))));
      }
    } catch (AdminException e) {
      error(context, e.status(), e.text());
    } catch (AuditException e) {
      LOG.error("an operator's request met the audit store", e);
      error(context, 503, e.code().agentText());
    } catch (StoreUnavailableException e) {
      LOG.error("an operator's request met a store", e);
      error(context, 503, "store unavailable");
    } catch (RuntimeException e) {
      LOG.error("an operator's request could not be handled", e);
      error(context, 500, "internal_error");
    }
  }

  private void forbid(Context context, Principal principal, Access access) {
    String why = "this needs the role " + access.role().wireName();
    AdminCall.await(
        gate.record(
            event(why)
                .principal(principal.name())
                .tenant(principal.tenant())
                .remoteIp(AdminCall.remoteAddress(context))
                .build()));
    error(context, 403, why + "; this operator is a " + principal.role().wireName());
  }

  private void refuse(Context context, String token) {
    String address = context.req().getRemoteAddr();
    FailedSignIns.Verdict verdict = failures.count(address, token);
    if (verdict == FailedSignIns.Verdict.TOO_MANY) {
      context.header("Retry-After", "60");
      error(context, 429, "too many failed sign-ins");
      return;
    }
    if (verdict == FailedSignIns.Verdict.FIRST) {
      AdminCall.await(
          gate.record(
              event("invalid or missing admin token")
                  .remoteIp(AdminCall.remoteAddress(context))
                  .build()));
    }
    error(context, 401, "invalid or missing admin token");
  }

  /**
   * Records the failed sign-ins that were not recorded one by one; called every minute or so.
   *
   * @param last whether the gate stops, and what was counted so far is all there will be
   */
  public void recordSummaries(boolean last) {
    for (FailedSignIns.Summary summary : failures.drain(last)) {
      gate.record(
              event(summary.count() + " more failed sign-ins in a minute")
                  .remoteIp(summary.address())
                  .build())
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  LOG.error("failed sign-ins could not be recorded", failure);
                }
              });
    }
  }

  private AuditEventBuilder event(String reason) {
    return AuditEvent.builder()
        .event(AuditEventNames.ADMIN)
        .at(gate.now())
        .tool("admin/sign-in")
        .decision(AuditDecision.BLOCK)
        .check("capability")
        .reason(reason);
  }

  private static void error(Context context, int status, String text) {
    context.status(status).contentType("application/json").result(Replies.errorBody(text));
  }
}
