package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.policy.lifecycle.PolicyShadow;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyTarget;
import app.intentgate.policy.lifecycle.ShadowLog;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A draft evaluated beside the policy in force on live calls; it never decides. */
final class PolicyShadowRoutes implements RouteGroup {
  private static final Set<String> MEMBERS =
      Set.of("draft_id", "revision", "rego_sha256", "tenant");

  private final PolicyDesk desk;

  PolicyShadowRoutes(PolicyDesk desk) {
    this.desk = desk;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of(
        "POST /v1/admin/policies/shadow", PolicyWork.answering(this::begin),
        "GET /v1/admin/policies/shadow", PolicyWork.answering(this::get),
        "DELETE /v1/admin/policies/shadow", PolicyWork.answering(this::end));
  }

  private void begin(AdminCall call) throws IOException {
    Body body = desk.read(call, MEMBERS);
    String tenant = call.tenantOf(body);
    PolicyTarget wish =
        PolicyTarget.promote(
            PolicyBodies.draft(body), PolicyBodies.revision(body), body.text("rego_sha256"));
    reply(
        call,
        desk.run(() -> desk.service().changes().shadow(tenant, wish, PolicyBodies.actor(call))));
  }

  private void get(AdminCall call) {
    reply(call, desk.service().changes().slot(PolicyBodies.tenantOfQuery(call)));
  }

  private void end(AdminCall call) {
    String tenant = PolicyBodies.tenantOfQuery(call);
    reply(call, desk.service().changes().shadow(tenant, null, PolicyBodies.actor(call)));
  }

  private void reply(AdminCall call, PolicySlot slot) {
    JsonOutput out = AdminCall.json();
    PolicyShadow shadow = slot.shadow();
    if (shadow == null) {
      call.reply(out.name("shadow").nullValue());
      return;
    }
    out.name("shadow").beginObject();
    Members.text(out, "tenant", slot.tenant());
    out.name("draft_id").string(shadow.target().draftId());
    out.name("revision").number(shadow.target().revision());
    out.name("rego_sha256").string(shadow.target().sha256());
    out.name("principal").string(shadow.principal());
    out.name("since").string(shadow.at().toString()).endObject();
    Optional<ShadowLog.Report> report = desk.service().shadows().report(slot.tenant());
    if (report.isPresent()) {
      report(out, report.get());
    }
    call.reply(out);
  }

  private static void report(JsonOutput out, ShadowLog.Report report) {
    if (report.problem() != null) {
      out.name("problem").string(report.problem());
    }
    out.name("compared").number(report.compared()).name("different").number(report.different());
    out.name("skipped").number(report.skipped()).name("differences").beginArray();
    for (ShadowLog.Difference d : report.differences()) {
      out.beginObject().name("ts").string(d.at().toString()).name("tool").string(d.tool());
      Members.text(out, "agent_id", d.agentId());
      out.name("active_decision").string(d.active());
      Members.text(out, "active_reason", d.activeReason());
      out.name("shadow_decision").string(d.shadow());
      Members.text(out, "shadow_reason", d.shadowReason());
      out.endObject();
    }
    out.endArray();
  }
}
