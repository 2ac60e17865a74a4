package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.operator.Operator;
import app.intentgate.policy.lifecycle.PolicyAction;
import app.intentgate.policy.lifecycle.PolicyChanges;
import app.intentgate.policy.lifecycle.PolicyOutcome;
import app.intentgate.policy.lifecycle.PolicyTarget;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A second pair of eyes: proposing a change of policy, approving and rejecting it (2.5, B51). */
final class PolicyReviewRoutes implements RouteGroup {
  private static final Set<String> PROPOSE =
      Set.of("action", "draft_id", "revision", "rego_sha256", "to", "proposed_by", "tenant");
  private static final Set<String> APPROVE =
      Set.of("acted_by", "tenant", "revision", "rego_sha256");
  private static final Set<String> REJECT = Set.of("acted_by", "tenant");

  private final PolicyDesk desk;

  PolicyReviewRoutes(PolicyDesk desk) {
    this.desk = desk;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of(
        "POST /v1/admin/policies/propose", PolicyWork.answering(this::propose),
        "POST /v1/admin/policies/approve", PolicyWork.answering(this::approve),
        "POST /v1/admin/policies/reject", PolicyWork.answering(this::reject));
  }

  private PolicyChanges changes() {
    return desk.service().changes();
  }

  private void propose(AdminCall call) throws IOException {
    Body body = desk.read(call, PROPOSE);
    String tenant = call.tenantOf(body);
    PolicyTarget wish = wish(body);
    String by = body.text("proposed_by");
    Operator actor = PolicyBodies.actor(call);
    reply(call, desk.run(() -> changes().propose(tenant, wish, by, actor)), "proposed");
  }

  private static PolicyTarget wish(Body body) {
    String name = body.text("action");
    PolicyAction action = name.isEmpty() ? PolicyAction.PROMOTE : PolicyAction.of(name);
    if (action == null) {
      throw AdminException.badRequest("action must be promote, rollback or clear");
    }
    return new PolicyTarget(
        action,
        PolicyBodies.draft(body),
        PolicyBodies.revision(body),
        body.text("rego_sha256"),
        PolicyBodies.to(body));
  }

  private void approve(AdminCall call) throws IOException {
    Body body = desk.read(call, APPROVE);
    String tenant = call.tenantOf(body);
    String by = body.text("acted_by");
    Integer revision = PolicyBodies.revision(body);
    String sha256 = body.text("rego_sha256");
    Operator actor = PolicyBodies.actor(call);
    PolicyActiveRoutes.reply(
        call, desk.run(() -> changes().approve(tenant, by, revision, sha256, actor)));
  }

  private void reject(AdminCall call) throws IOException {
    Body body = desk.read(call, REJECT);
    String tenant = call.tenantOf(body);
    reply(
        call,
        changes().reject(tenant, body.text("acted_by"), PolicyBodies.actor(call)),
        "rejected");
  }

  private static void reply(AdminCall call, PolicyOutcome outcome, String done) {
    JsonOutput out = AdminCall.json().name("active");
    PolicyJson.slot(out, outcome.slot());
    call.reply(out.name(done).bool(true).name("swapped").bool(false));
  }
}
