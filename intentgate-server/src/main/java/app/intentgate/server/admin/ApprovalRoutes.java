package app.intentgate.server.admin;

import app.intentgate.ApprovalActions;
import app.intentgate.ApprovalActions.Result;
import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.json.JsonOutput;
import app.intentgate.operator.Operator;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorStore;
import app.intentgate.operator.Role;
import app.intentgate.server.consent.ConsentLinks;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that wait for a person, and deciding them (admin contract 2.10). */
final class ApprovalRoutes implements RouteGroup {
  private static final Set<String> MEMBERS = Set.of("decision", "decided_by", "note");
  private static final String ACCOUNT = "operator:";

  private final @Nullable ApprovalActions kept;
  private final OperatorStore operators;
  private final @Nullable ConsentLinks links;
  private final int maxBody;

  /**
   * The routes.
   *
   * @param kept the calls that wait, or null when none are kept and the routes are off
   * @param operators tells what else an operator is known by
   * @param links shown to those who may decide, to be handed to the person behind an agent; null
   *     when people cannot reach this gate
   */
  ApprovalRoutes(
      @Nullable ApprovalActions kept,
      OperatorStore operators,
      @Nullable ConsentLinks links,
      int maxBody) {
    this.links = links;
    this.kept = kept;
    this.operators = operators;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of(
        "GET /v1/admin/approvals", this::list,
        "GET /v1/admin/approvals/{id}", this::one,
        "POST /v1/admin/approvals/{id}/decide", this::decide,
        "GET /v1/admin/approvals/grants", this::grants,
        "DELETE /v1/admin/approvals/grants/{id}", this::revoke);
  }

  private ApprovalActions approvals() {
    ApprovalActions actions = kept;
    if (actions == null) {
      throw notFound();
    }
    return actions;
  }

  private void list(AdminCall call) {
    reply(call, "approvals", query(call).withStatus(given(call, "status")));
  }

  private void grants(AdminCall call) {
    reply(call, "grants", query(call).standing());
  }

  /** An operator of one tenant sees its rows, whichever they ask for. */
  private static ApprovalQuery query(AdminCall call) {
    return ApprovalQuery.newest(call.limit())
        .from(call.offset())
        .ofTenant(
            call.principal().isSuperadmin() ? given(call, "tenant") : call.principal().tenant())
        .forTool(given(call, "tool"))
        .ofAgent(given(call, "agent_id"));
  }

  private static @Nullable String given(AdminCall call, String name) {
    String value = call.query(name).strip();
    return value.isEmpty() ? null : value;
  }

  private void reply(AdminCall call, String member, ApprovalQuery query) {
    List<Approval> rows = AdminCall.await(approvals().list(query));
    JsonOutput out = AdminCall.json().name(member).beginArray();
    rows.forEach(row -> ApprovalRows.write(out, row));
    call.reply(
        out.endArray().name("limit").number(query.limit()).name("offset").number(query.offset()));
  }

  private void one(AdminCall call) {
    String tenant = call.principal().isSuperadmin() ? null : call.principal().tenant();
    Approval row =
        AdminCall.await(approvals().find(call.context().pathParam("id"), tenant))
            .orElseThrow(ApprovalRoutes::notFound);
    String link =
        links != null && call.principal().role().covers(Role.OPERATOR) ? links.of(row) : null;
    call.replyValue(out -> ApprovalRows.write(out, row, link));
  }

  private void decide(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    String decision = body.text("decision");
    if (!decision.equals("approve") && !decision.equals("reject")) {
      throw AdminException.badRequest("decision must be \"approve\" or \"reject\"");
    }
    Operator operator =
        call.operator(call.principal().tenant()).labelled(body.text("decided_by").strip());
    answer(
        call,
        AdminCall.await(
            approvals()
                .decide(
                    call.context().pathParam("id"),
                    decision.equals("approve"),
                    body.text("note"),
                    operator,
                    selves(call.principal()))),
        "already decided");
  }

  private void revoke(AdminCall call) {
    answer(
        call,
        AdminCall.await(
            approvals()
                .revokeGrant(
                    call.context().pathParam("id"), call.operator(call.principal().tenant()))),
        "no longer in force");
  }

  private static void answer(AdminCall call, Result result, String conflict) {
    if (result instanceof Result.Counted counted) {
      call.replyValue(out -> ApprovalRows.write(out, counted.row()));
    } else if (result instanceof Result.Conflict found) {
      call.context().status(409);
      JsonOutput out = AdminCall.json().name("current");
      ApprovalRows.write(out, found.row());
      call.reply(out.name("error").string(conflict));
    } else if (result instanceof Result.OwnCall) {
      throw new AdminException(403, "an operator cannot decide a call of their own");
    } else {
      throw notFound();
    }
  }

  private static AdminException notFound() {
    return new AdminException(404, "pending id not found");
  }

  /** What an operator is known by beside the principal: the subject and the name of an account. */
  private Set<String> selves(Principal principal) {
    Set<String> out = new HashSet<>();
    out.add(principal.subject());
    out.add(principal.name());
    if (principal.name().startsWith(ACCOUNT)) {
      OperatorAccount account = operators.find(principal.name().substring(ACCOUNT.length()));
      if (account != null) {
        out.add(account.name());
      }
    }
    out.remove("");
    return out;
  }
}
