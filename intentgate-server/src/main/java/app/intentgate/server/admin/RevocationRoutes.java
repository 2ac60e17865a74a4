package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.json.JsonOutput;
import app.intentgate.revocation.Revocation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Revoking tokens, and the list of those revoked (admin contract 2.3, 2.4). */
final class RevocationRoutes implements RouteGroup {
  private static final Set<String> MEMBERS = Set.of("jti", "reason");

  private final IntentGate gate;
  private final int maxBody;

  RevocationRoutes(IntentGate gate, int maxBody) {
    this.gate = gate;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("POST /v1/admin/revoke", this::revoke, "GET /v1/admin/revocations", this::list);
  }

  void revoke(AdminCall call) throws IOException {
    Body body = Body.read(call.context().req().getInputStream(), maxBody, MEMBERS);
    String jti = body.text("jti").strip();
    if (jti.isEmpty()) {
      throw AdminException.badRequest("jti is required");
    }
    AdminCall.await(
        gate.revoke(jti, body.text("reason"), call.operator(call.principal().tenant())));
    call.reply(AdminCall.json().name("jti").string(jti).name("ok").bool(true));
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
