package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.budget.Charge;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
    List<AuditEvent> shown = rows.subList(Math.min(offset, rows.size()), rows.size());
    // All are asked for before the first is waited for: a shared store answers them together.
    List<CompletionStage<@Nullable Long>> left = shown.stream().map(this::left).toList();
    for (int i = 0; i < shown.size(); i++) {
      write(out, shown.get(i), AdminCall.await(left.get(i)));
    }
    call.reply(out.endArray());
  }

  /** How many calls a token has left; null when it has no limit, or that cannot be told now. */
  private CompletionStage<@Nullable Long> left(AuditEvent event) {
    if (!(event.argValues().get("max_calls") instanceof JsonNumber max)
        || !max.fitsLong()
        || !(event.argValues().get("max_calls_counter") instanceof JsonString counter)) {
      return CompletableFuture.completedFuture(null);
    }
    Charge limit =
        new Charge(
            Charge.Kind.CALLS,
            event.tenant(),
            counter.value(),
            max.longValue(),
            0,
            event.argValues().get("expires_at") instanceof JsonString at
                ? (Long) Instant.parse(at.value()).getEpochSecond()
                : null);
    return gate.budgets().left(limit, gate.now().toEpochMilli()).exceptionally(failure -> null);
  }

  private void write(JsonOutput out, AuditEvent event, @Nullable Long left) {
    out.beginObject().name("jti").string(event.capabilityTokenId());
    out.name("subject").string(event.agentId()).name("tenant").string(event.tenant());
    out.name("minted_at").string(event.at().toString());
    Members.text(out, "minted_by", event.principal());
    JsonObject terms = event.argValues();
    for (String name : List.of("expires_at", "max_calls")) {
      if (terms.get(name) != null) {
        out.name(name).value(terms.get(name));
      }
    }
    if (left != null) {
      out.name("uses_left").number(left);
    }
    out.name("revoked");
    out.bool(
        gate.revocations().isRevoked(event.tenant(), event.capabilityTokenId())
            || gate.revocations().isRevoked(event.tenant(), event.chainId()));
    out.endObject();
  }
}
