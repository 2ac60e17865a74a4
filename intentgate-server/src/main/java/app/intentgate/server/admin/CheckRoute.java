package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.check.Judgement;
import app.intentgate.check.Refusal;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/admin/check}: what would be decided about a call now. Nothing is carried out,
 * charged or recorded, and nobody is asked; how much of a budget is left is not looked at.
 */
final class CheckRoute implements RouteGroup {
  private static final Set<String> MEMBERS =
      Set.of("tool", "args", "token", "prompt", "session_id");

  private final IntentGate gate;
  private final int maxBody;

  CheckRoute(IntentGate gate, int maxBody) {
    this.gate = gate;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("POST /v1/admin/check", this::check);
  }

  private void check(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    String token = body.text("token").strip();
    if (token.isEmpty() && !call.principal().isSuperadmin()) {
      throw AdminException.badRequest("token is required: a call without one is of no tenant");
    }
    Judgement found = AdminCall.await(gate.foresee(asked(call, body, token)));
    Caller caller = found.caller();
    if (caller.isAuthenticated()) {
      call.principal().scope(caller.tenant(), "token");
    }
    write(call, found);
  }

  private static ToolCall asked(AdminCall call, Body body, String token) {
    try {
      return new ToolCall(
          body.text("tool"),
          arguments(body),
          token.isEmpty() ? Credential.NONE : new Credential.Bearer(token),
          null,
          orNull(body.text("prompt")),
          orNull(body.text("session_id")),
          null,
          AdminCall.remoteAddress(call.context()),
          true);
    } catch (IllegalArgumentException e) {
      throw AdminException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable JsonObject arguments(Body body) {
    JsonValue given = body.value("args");
    if (given == null) {
      return null;
    }
    if (given instanceof JsonObject object) {
      return object;
    }
    throw AdminException.badRequest("invalid JSON: args must be an object");
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static void write(AdminCall call, Judgement found) {
    Refusal refusal = found.refusal();
    JsonOutput out = AdminCall.json().name("decision");
    out.string(refusal != null ? "block" : found.waiting() ? "escalate" : "allow");
    if (refusal != null) {
      out.name("reason").string(refusal.reason());
      out.name("check").string(refusal.code().check().wireName());
      out.name("code").number(refusal.code().code());
    } else {
      out.name("reason").string(found.verdict() == null ? "" : found.verdict().reason());
    }
    Caller caller = found.caller();
    Members.text(out, "agent_id", caller.agentId());
    Members.text(out, "tenant", caller.tenant());
    String sha256 = found.policySha256();
    Members.text(out, "policy_sha256", sha256 == null ? "" : sha256);
    call.reply(out);
  }
}
