package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.policy.lifecycle.DraftText;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyDrafts;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Drafts of policies (admin contract 2.5). */
final class PolicyDraftRoutes implements RouteGroup {
  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "description",
          "rego_source",
          "created_by",
          "tenant",
          "tests_source",
          "require_tests");

  private final PolicyDesk desk;

  PolicyDraftRoutes(PolicyDesk desk) {
    this.desk = desk;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    Map<String, RouteHandler> handlers = new HashMap<>();
    handlers.put("GET /v1/admin/policies/drafts", this::list);
    handlers.put("POST /v1/admin/policies/drafts", this::create);
    handlers.put("GET /v1/admin/policies/drafts/{id}", this::get);
    handlers.put("PUT /v1/admin/policies/drafts/{id}", this::replace);
    handlers.put("DELETE /v1/admin/policies/drafts/{id}", this::delete);
    handlers.replaceAll((name, handler) -> PolicyWork.answering(handler));
    return handlers;
  }

  private PolicyDrafts drafts() {
    return desk.service().drafts();
  }

  private void list(AdminCall call) {
    String tenant = PolicyBodies.tenantOfQuery(call);
    int limit = call.limit();
    int offset = call.offset();
    JsonOutput out = AdminCall.json().name("drafts").beginArray();
    for (PolicyDraft draft : drafts().list(tenant.isEmpty() ? null : tenant, limit, offset)) {
      PolicyJson.draft(out, draft);
    }
    call.reply(out.endArray().name("limit").number(limit).name("offset").number(offset));
  }

  private void create(AdminCall call) throws IOException {
    Body body = desk.read(call, MEMBERS);
    String tenant = call.tenantOf(body);
    DraftText text = text(body);
    String by = body.text("created_by");
    PolicyDraft draft = desk.run(() -> drafts().create(tenant, text, by, PolicyBodies.actor(call)));
    call.context().status(201);
    reply(call, draft);
  }

  private static DraftText text(Body body) {
    return new DraftText(
        body.text("name"),
        body.text("description"),
        body.text("rego_source"),
        body.text("tests_source"),
        body.flag("require_tests"));
  }

  private void get(AdminCall call) {
    String id = call.context().pathParam("id");
    String revision = call.query("revision");
    reply(
        call,
        revision.isEmpty()
            ? drafts().draft(id, PolicyBodies.actor(call))
            : drafts().draftAt(id, number(revision), PolicyBodies.actor(call)));
  }

  /** A revision that is no number is one that no draft has. */
  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void replace(AdminCall call) throws IOException {
    Body body = desk.read(call, MEMBERS);
    DraftText text = text(body);
    // Taken and not looked at (2.5), but not of another type than they are.
    body.text("tenant");
    body.text("created_by");
    String id = call.context().pathParam("id");
    String ifMatch = call.context().header("If-Match");
    reply(call, desk.run(() -> drafts().replace(id, text, ifMatch, PolicyBodies.actor(call))));
  }

  private void delete(AdminCall call) {
    String id = call.context().pathParam("id");
    drafts().delete(id, call.context().header("If-Match"), PolicyBodies.actor(call));
    call.reply(AdminCall.json().name("id").string(id).name("ok").bool(true));
  }

  private static void reply(AdminCall call, PolicyDraft draft) {
    call.context().header("ETag", PolicyDrafts.etag(draft));
    call.reply(PolicyJson.draftMembers(AdminCall.json(), draft));
  }
}
