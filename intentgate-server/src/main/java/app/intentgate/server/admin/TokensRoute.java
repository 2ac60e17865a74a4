package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/admin/tokens}: the tokens that were minted, without anything secret. */
final class TokensRoute implements RouteGroup {
  /** Later pages than this are asked for by tenant and subject. */
  private static final int DEEPEST = 10_000;

  private final IntentGate gate;
  private final MintedTokens minted;

  TokensRoute(IntentGate gate) {
    this.gate = gate;
    this.minted = new MintedTokens(gate);
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/tokens", this::list);
  }

  private void list(AdminCall call) {
    int limit = call.limit();
    int offset = Math.min(call.offset(), DEEPEST);
    List<AuditEvent> rows =
        minted.newest(call.tenantOfQuery(), call.query("subject").strip(), offset + limit);
    JsonOutput out = AdminCall.json().name("limit").number(limit).name("offset").number(offset);
    out.name("tokens").beginArray();
    rows.stream().skip(offset).forEach(row -> write(out, row));
    call.reply(out.endArray());
  }

  private void write(JsonOutput out, AuditEvent event) {
    out.beginObject().name("jti").string(event.capabilityTokenId());
    out.name("subject").string(event.agentId()).name("tenant").string(event.tenant());
    out.name("minted_at").string(event.at().toString());
    PolicyJson.text(out, "minted_by", event.principal());
    JsonObject terms = event.argValues();
    for (String name : List.of("expires_at", "max_calls")) {
      if (terms.get(name) != null) {
        out.name(name).value(terms.get(name));
      }
    }
    out.name("revoked");
    out.bool(
        gate.revocations().isRevoked(event.tenant(), event.capabilityTokenId())
            || gate.revocations().isRevoked(event.tenant(), event.chainId()));
    out.endObject();
  }
}
