package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.MintedToken;
import app.intentgate.json.JsonOutput;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/admin/mint} (admin contract 2.2). */
final class MintRoute implements RouteGroup {
  private static final Set<String> MEMBERS =
      Set.of(
          "subject",
          "issuer",
          "tenant",
          "zone",
          "ttl_seconds",
          "tools",
          "max_calls",
          "step_up",
          "callees",
          "callee_zones",
          "servers",
          "rate_per_min",
          "max_cents",
          "risk_max",
          "with_memory_signing_key");

  private final IntentGate gate;
  private final KeyRing keys;
  private final int maxBody;

  MintRoute(IntentGate gate, KeyRing keys, int maxBody) {
    this.gate = gate;
    this.keys = keys;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("POST /v1/admin/mint", this::handle);
  }

  void handle(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    String tenant = call.tenantOf(body);
    boolean withKey = body.flag("with_memory_signing_key");
    String acting = tenant.isEmpty() ? "default" : tenant;
    MintedToken minted;
    try {
      minted = AdminCall.await(gate.mint(grant(body, tenant), call.operator(acting)));
    } catch (TokenException e) {
      throw AdminException.badRequest("mint error: " + e.getMessage());
    }
    String jti = minted.token().id();
    JsonOutput out = AdminCall.json().name("expires_at");
    out.string(
        minted.expiresAt() == null
            ? ""
            : minted.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
    out.name("jti").string(jti);
    if (withKey) {
      byte[] key = keys.newest().memorySessionKey(jti);
      out.name("memory_signing_key")
          .string(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    }
    out.name("subject").string(minted.token().subject());
    call.reply(out.name("token").string(minted.token().encode()));
  }

  private static Grant grant(Body body, String tenant) {
    String subject = Names.findable("subject", body.text("subject"));
    if (subject.isBlank()) {
      throw AdminException.badRequest("subject is required");
    }
    Names.findable(tenant, "subject", subject);
    Grant grant = Grant.to(subject).tenant(tenant).zone(body.text("zone").strip());
    String issuer = body.text("issuer").strip();
    if (!issuer.isEmpty()) {
      grant = grant.issuer(issuer);
    }
    long ttl = body.count("ttl_seconds", Grant.MAX_LIFE.toSeconds());
    if (ttl > 0) {
      grant = grant.expiresIn(Duration.ofSeconds(ttl));
    }
    List<String> tools = body.texts("tools");
    if (!tools.isEmpty()) {
      grant = grant.tools(tools);
    }
    List<String> servers = body.texts("servers");
    if (!servers.isEmpty()) {
      grant = grant.servers(servers);
    }
    return limits(body, grant);
  }

  /** Absent, null and 0 mint no caveat, but for {@code max_calls}, where 0 means none (B8). */
  private static Grant limits(Body body, Grant base) {
    Grant grant = base;
    long calls = body.count("max_calls", Grant.MAX_LIMIT);
    if (body.has("max_calls")) {
      grant = grant.maxCalls(calls);
    }
    long rate = body.count("rate_per_min", Grant.MAX_LIMIT);
    if (rate > 0) {
      grant = grant.ratePerMinute(rate);
    }
    long cents = body.count("max_cents", Grant.MAX_LIMIT);
    if (cents > 0) {
      grant = grant.maxCents(cents);
    }
    long risk = body.count("risk_max", Grant.MAX_LIMIT);
    if (risk > 0) {
      grant = grant.riskMax(risk);
    }
    if (body.flag("step_up")) {
      grant = grant.stepUp();
    }
    List<String> callees = body.texts("callees");
    List<String> zones = body.texts("callee_zones");
    if (!callees.isEmpty()) {
      grant = grant.callees(callees);
    }
    return zones.isEmpty() ? grant : grant.calleeZones(zones);
  }
}
