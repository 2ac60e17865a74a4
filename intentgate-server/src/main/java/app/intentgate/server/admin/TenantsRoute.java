package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.AuditChain;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.ChainHead;
import app.intentgate.json.JsonOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/admin/tenants}: those known from the configuration, from policies and from
 * traffic, each with how it is doing. {@code default} is listed only when it is configured or has a
 * policy of its own.
 */
final class TenantsRoute implements RouteGroup {
  private final IntentGate gate;
  private final Set<String> configured;

  /**
   * The route.
   *
   * @param configured the tenants with an operator in the configuration
   */
  TenantsRoute(IntentGate gate, Set<String> configured) {
    this.gate = gate;
    this.configured = configured;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/tenants", this::list);
  }

  private void list(AdminCall call) {
    Map<String, @Nullable Instant> heads = new TreeMap<>();
    for (ChainHead head : gate.audit().heads()) {
      heads.put(head.chain(), head.at());
    }
    JsonOutput out = AdminCall.json().name("tenants").beginArray();
    for (String tenant : visible(call.principal(), heads.keySet())) {
      write(out, tenant, heads.get(tenant));
    }
    call.reply(out.endArray());
  }

  private Set<String> visible(Principal who, Set<String> chains) {
    if (!who.isSuperadmin()) {
      return Set.of(who.tenant());
    }
    TreeSet<String> tenants = new TreeSet<>(chains);
    tenants.remove(AuditChain.DEFAULT);
    tenants.addAll(configured);
    tenants.addAll(gate.policies().tenants());
    return tenants;
  }

  private void write(JsonOutput out, String tenant, @Nullable Instant lastEvent) {
    Instant now = gate.now();
    out.beginObject().name("id").string(tenant);
    out.name("has_admin").bool(configured.contains(tenant));
    out.name("active_policy_sha256").string(gate.policies().forTenant(tenant).sha256());
    out.name("pending_approvals").number(pending(tenant));
    out.name("events_last_hour").number(since(tenant, now.minus(Duration.ofHours(1))));
    out.name("events_last_day").number(since(tenant, now.minus(Duration.ofDays(1))));
    if (lastEvent != null) {
      out.name("last_event_at").string(lastEvent.toString());
    }
    out.endObject();
  }

  private long pending(String tenant) {
    ApprovalStore approvals = gate.approvals();
    return approvals == null ? 0 : approvals.waiting(tenant);
  }

  private long since(String tenant, Instant from) {
    AuditPage page =
        gate.audit()
            .query(AuditQuery.builder().tenant(tenant).from(from).limit(1).count(true).build());
    return page.total().orElse(0);
  }
}
