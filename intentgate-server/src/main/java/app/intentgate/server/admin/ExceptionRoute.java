package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.MintedToken;
import app.intentgate.json.JsonOutput;
import app.intentgate.token.Grant;
import app.intentgate.token.TokenException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code POST /v1/admin/exceptions/grant}: a short-lived token that somebody agreed to. */
final class ExceptionRoute implements RouteGroup {
  /** The contract's limit: 48 hours. */
  private static final long MAX_SECONDS = 172_800;

  private static final Set<String> MEMBERS =
      Set.of(
          "agent_id",
          "tools",
          "ttl_seconds",
          "exception_ref",
          "tenant",
          "zone",
          "approved_by",
          "reason");

  private final IntentGate gate;
  private final int maxBody;

  ExceptionRoute(IntentGate gate, int maxBody) {
    this.gate = gate;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("POST /v1/admin/exceptions/grant", this::grant);
  }

  private void grant(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    String agent = Names.findable("agent_id", body.text("agent_id").strip());
    if (agent.isEmpty()) {
      throw AdminException.badRequest("agent_id is required");
    }
    List<String> tools = body.texts("tools");
    if (tools.isEmpty()) {
      throw AdminException.badRequest(
          "tools must list at least one tool (an exception must be scoped)");
    }
    long seconds = body.whole("ttl_seconds");
    if (seconds <= 0) {
      throw AdminException.badRequest("ttl_seconds must be > 0 (an exception must expire)");
    }
    if (seconds > MAX_SECONDS) {
      throw AdminException.badRequest("ttl_seconds exceeds the maximum exception window");
    }
    String reference = body.text("exception_ref").strip();
    if (reference.isEmpty()) {
      throw AdminException.badRequest(
          "exception_ref is required (the approved GRC/IGA exception id)");
    }
    String tenant = call.tenantOf(body);
    Names.findable(tenant, "agent_id", agent);
    MintedToken minted;
    try {
      minted =
          AdminCall.await(
              gate.grantException(
                  grant(body, agent, tools, seconds, tenant),
                  reference,
                  body.text("approved_by"),
                  body.text("reason"),
                  call.operator(tenant.isEmpty() ? "default" : tenant)));
    } catch (TokenException e) {
      throw AdminException.badRequest("mint error: " + e.getMessage());
    }
    Instant expiresAt = Objects.requireNonNull(minted.expiresAt(), "an exception expires");
    JsonOutput out = AdminCall.json().name("agent_id").string(agent);
    out.name("exception_ref").string(reference);
    out.name("expires_at").string(expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
    out.name("jti").string(minted.token().id());
    out.name("token").string(minted.token().encode()).name("tools").beginArray();
    tools.forEach(out::string);
    call.reply(out.endArray());
  }

  private static Grant grant(
      Body body, String agent, List<String> tools, long seconds, String tenant) {
    Grant grant = Grant.to(agent).tools(tools).expiresIn(Duration.ofSeconds(seconds));
    if (!tenant.isEmpty()) {
      grant = grant.tenant(tenant);
    }
    String zone = body.text("zone").strip();
    return zone.isEmpty() ? grant : grant.zone(zone);
  }
}
