package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import app.intentgate.revocation.Revocation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Revoking tokens, and the list of those revoked (admin contract 2.3, 2.4). */
final class RevocationRoutes implements RouteGroup {
  private static final Set<String> MEMBERS = Set.of("jti", "subject", "tenant", "reason");

  /** The most tokens that one request revokes. */
  private static final int MOST = 10_000;

  private final IntentGate gate;
  private final MintedTokens minted;
  private final int maxBody;

  RevocationRoutes(IntentGate gate, int maxBody) {
    this.gate = gate;
    this.minted = new MintedTokens(gate);
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("POST /v1/admin/revoke", this::revoke, "GET /v1/admin/revocations", this::list);
  }

  void revoke(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    String jti = Names.storable("jti", body.text("jti").strip());
    String subject = body.text("subject").strip();
    String tenant = body.text("tenant").strip();
    boolean many = !subject.isEmpty() || !tenant.isEmpty();
    if (jti.isEmpty() && !many) {
      throw AdminException.badRequest("jti is required");
    }
    if (!jti.isEmpty() && many) {
      String name = tenant.isEmpty() ? "subject" : "tenant";
      throw AdminException.badRequest(
          "invalid JSON: json: unknown field \"" + name + "\" beside jti");
    }
    if (jti.isEmpty()) {
      revokeAll(call, call.tenantOf(body), subject, body.text("reason"));
      return;
    }
    AdminCall.await(
        gate.revoke(jti, body.text("reason"), call.operator(call.principal().tenant())));
    call.reply(AdminCall.json().name("jti").string(jti).name("ok").bool(true));
  }

  /**
   * Revokes every token that the audit log says was minted for a subject, in a tenant; those of
   * before that are revoked or have expired are left as they are.
   */
  private void revokeAll(AdminCall call, String tenant, String subject, String reason) {
    List<AuditEvent> found = minted.newest(tenant, subject, MOST + 1);
    List<CompletionStage<Void>> running = new ArrayList<>();
    for (AuditEvent event : found.subList(0, Math.min(MOST, found.size()))) {
      String jti = event.capabilityTokenId();
      if (!hasExpired(event) && !gate.revocations().isRevoked(event.tenant(), jti)) {
        running.add(gate.revoke(jti, reason, call.operator(event.tenant())));
      }
    }
    running.forEach(AdminCall::await);
    JsonOutput out = AdminCall.json().name("revoked").number(running.size());
    call.reply(out.name("more").bool(found.size() > MOST).name("ok").bool(true));
  }

  private boolean hasExpired(AuditEvent event) {
    return event.argValues().get("expires_at") instanceof JsonString at
        && Instant.parse(at.value()).isBefore(gate.now());
  }

  void list(AdminCall call) {
    int limit = call.limit();
    int offset = call.offset();
    Principal principal = call.principal();
    List<Revocation> entries =
        gate.revocations()
            .list(principal.isSuperadmin() ? null : principal.tenant(), limit, offset);
    JsonOutput out = AdminCall.json().name("limit").number(limit).name("offset").number(offset);
    out.name("revocations").beginArray();
    for (Revocation entry : entries) {
      out.beginObject().name("jti").string(entry.id());
      out.name("revoked_at").string(entry.revokedAt().toString());
      if (!entry.reason().isEmpty()) {
        out.name("reason").string(entry.reason());
      }
      if (!entry.tenant().isEmpty()) {
        out.name("tenant").string(entry.tenant());
      }
      out.endObject();
    }
    call.reply(out.endArray());
  }
}
