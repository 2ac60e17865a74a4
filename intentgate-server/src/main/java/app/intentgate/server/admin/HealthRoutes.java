package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditHealth;
import app.intentgate.jdbc.feed.FeedHealth;
import app.intentgate.json.JsonOutput;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether the process lives, and whether it can do its work (B37). */
public final class HealthRoutes {
  private static final byte[] LINE_FEED = {'\n'};

  private final IntentGate gate;
  private final Supplier<FeedHealth> feed;
  private final BooleanSupplier budgets;
  private final String version;

  /**
   * Health of a gate.
   *
   * @param feed by which it hears of the others
   * @param budgets whether their store answers, where it is one of its own
   */
  public HealthRoutes(
      IntentGate gate, Supplier<FeedHealth> feed, BooleanSupplier budgets, String version) {
    this.gate = gate;
    this.feed = feed;
    this.budgets = budgets;
    this.version = version;
  }

  /** Adds the two routes. */
  public void bind(JavalinConfig config) {
    bind(config, "/healthz", this::alive);
    bind(config, "/readyz", this::ready);
  }

  private static void bind(JavalinConfig config, String path, Handler handler) {
    config.routes.addEndpoint(new Endpoint(HandlerType.GET, path, handler));
    config.routes.addEndpoint(new Endpoint(HandlerType.HEAD, path, handler));
  }

  private void alive(Context context) {
    reply(context, AdminCall.json().name("status").string("ok").name("version").string(version));
  }

  /** Counts and yes or no, nothing of the inside: the route needs no token. */
  private void ready(Context context) {
    AuditHealth health = gate.audit().health();
    boolean intact = health.broken() == null;
    FeedHealth changes = feed.get();
    boolean charging = budgets.getAsBoolean();
    boolean ready = health.available() && intact && changes.fresh() && charging;
    JsonOutput out = AdminCall.json().name("status").string(ready ? "ready" : "not ready");
    out.name("audit").beginObject().name("available").bool(health.available());
    out.name("chain_intact").bool(intact).name("pending").number(health.pending());
    out.name("verified").number(health.verified()).name("to_verify").number(health.toVerify());
    out.endObject();
    out.name("budgets").beginObject().name("available").bool(charging).endObject();
    out.name("feed").beginObject().name("fresh").bool(changes.fresh());
    out.name("age_ms").number(changes.ageMillis()).endObject();
    context.status(ready ? 200 : 503);
    reply(context, out);
  }

  private static void reply(Context context, JsonOutput out) {
    context.contentType("application/json").result(out.endObject().raw(LINE_FEED).toByteArray());
  }
}
