package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.operator.Operator;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyHistory;
import app.intentgate.policy.lifecycle.PolicyOutcome;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyTarget;
import app.intentgate.policy.lifecycle.RevisionRef;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which policy is in force, changing it at once, and what was in force before (2.5, B20). */
final class PolicyActiveRoutes implements RouteGroup {
  private static final Set<String> PROMOTE =
      Set.of("draft_id", "promoted_by", "tenant", "revision", "rego_sha256");
  private static final Set<String> ROLLBACK = Set.of("rolled_back_by", "tenant", "to");

  private final PolicyDesk desk;

  PolicyActiveRoutes(PolicyDesk desk) {
    this.desk = desk;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    Map<String, RouteHandler> handlers = new HashMap<>();
    handlers.put("GET /v1/admin/policies/active", this::get);
    handlers.put("POST /v1/admin/policies/active", this::promote);
    handlers.put("DELETE /v1/admin/policies/active", this::clear);
    handlers.put("POST /v1/admin/policies/rollback", this::rollback);
    handlers.put("GET /v1/admin/policies/history", this::history);
    handlers.replaceAll((name, handler) -> PolicyWork.answering(handler));
    return handlers;
  }

  private void get(AdminCall call) {
    String tenant = PolicyBodies.tenantOfQuery(call);
    PolicySlot slot = desk.service().changes().slot(tenant);
    JsonOutput out = AdminCall.json().name("active");
    PolicyJson.slot(out, slot);
    draft(out, tenant, "current_draft", slot.current());
    draft(out, tenant, "previous_draft", slot.previous());
    draft(out, tenant, "proposed_draft", slot.proposal() == null ? null : slot.proposal().target());
    // What decides the tenant's calls, without the source of another's slot (B52).
    PolicyEngine inForce = desk.service().inForce(tenant);
    out.name("policy_label").string(inForce.label());
    out.name("policy_sha256").string(inForce.sha256());
    out.name("requires_approval").bool(desk.service().changes().requiresApproval());
    call.reply(out.name("source").string(source(slot)));
  }

  private void draft(JsonOutput out, String tenant, String name, @Nullable RevisionRef ref) {
    if (ref != null) {
      out.name(name);
      PolicyJson.draft(out, desk.service().drafts().inSlot(tenant, ref));
    }
  }

  private String source(PolicySlot slot) {
    if (slot.current() != null) {
      return "draft";
    }
    boolean fallback =
        !slot.tenant().isEmpty() && desk.service().changes().slot("").current() != null;
    return fallback ? "fallback" : desk.service().boot().label();
  }

  private void promote(AdminCall call) throws IOException {
    Body body = desk.read(call, PROMOTE);
    String tenant = call.tenantOf(body);
    PolicyTarget wish =
        PolicyTarget.promote(
            PolicyBodies.draft(body), PolicyBodies.revision(body), body.text("rego_sha256"));
    reply(call, change(call, tenant, wish, body.text("promoted_by")));
  }

  private PolicyOutcome change(AdminCall call, String tenant, PolicyTarget wish, String by) {
    Operator actor = PolicyBodies.actor(call);
    return desk.run(() -> desk.service().changes().change(tenant, wish, by, actor));
  }

  /** Answers what a change came to. */
  static void reply(AdminCall call, PolicyOutcome outcome) {
    JsonOutput out = AdminCall.json().name("active");
    PolicyJson.slot(out, outcome.slot());
    notLoaded(out, outcome);
    Instant at = outcome.slot().promotedAt();
    if (at != null) {
      out.name("promoted_at").string(at.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    call.reply(out.name("swapped").bool(outcome.swapped()));
  }

  private static void notLoaded(JsonOutput out, PolicyOutcome outcome) {
    if (!outcome.notLoaded().isEmpty()) {
      out.name("not_loaded").beginArray();
      outcome.notLoaded().forEach(out::string);
      out.endArray();
    }
  }

  private void clear(AdminCall call) {
    String tenant = PolicyBodies.tenantOfQuery(call);
    PolicyOutcome outcome = change(call, tenant, PolicyTarget.clear(), "");
    JsonOutput out = AdminCall.json().name("cleared");
    PolicyJson.slot(out, outcome.slot());
    notLoaded(out, outcome);
    call.reply(out.name("swapped").bool(outcome.swapped()));
  }

  private void rollback(AdminCall call) throws IOException {
    Body body = desk.readOrEmpty(call, ROLLBACK);
    String tenant = call.tenantOf(body);
    PolicyTarget wish = PolicyTarget.rollback(PolicyBodies.to(body));
    reply(call, change(call, tenant, wish, body.text("rolled_back_by")));
  }

  private void history(AdminCall call) {
    String tenant = PolicyBodies.tenantOfQuery(call);
    String cursor = call.query("cursor");
    PolicyHistory page =
        desk.service().changes().history(tenant, call.limit(), cursor.isEmpty() ? null : cursor);
    JsonOutput out = AdminCall.json().name("history").beginArray();
    for (PolicyChange change : page.changes()) {
      PolicyJson.change(out, change, desk.service().boot().sha256());
    }
    out.endArray();
    if (page.nextCursor() != null) {
      out.name("next_cursor").string(page.nextCursor());
    }
    call.reply(out);
  }
}
