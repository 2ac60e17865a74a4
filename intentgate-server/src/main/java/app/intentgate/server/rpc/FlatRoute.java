package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.ToolCall;
import app.intentgate.check.Credential;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.http.Replies;
import app.intentgate.server.mcp.ToolNames;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.TokenException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The flat shape {@code {"tool", "args"}}: the same checks, answered in its own form (B34). */
final class FlatRoute {
  private final Judge judge;
  private final @Nullable Forwarder forwarder;
  private final Conversations conversations;
  private final ToolNames names;
  private final Supplier<String> callIds;

  FlatRoute(
      Judge judge,
      @Nullable Forwarder forwarder,
      Conversations conversations,
      ToolNames names,
      Supplier<String> callIds) {
    this.judge = judge;
    this.forwarder = forwarder;
    this.conversations = conversations;
    this.names = names;
    this.callIds = callIds;
  }

  /**
   * Serves a request.
   *
   * @throws RpcProblem when a member is spelt like a known one in other letters
   */
  void handle(Inbound in, JsonObject body) {
    KnownNames.FLAT.check(body, null);
    ToolCall call;
    JsonObject args;
    try {
      String tool = text(body, "tool");
      if (tool == null || tool.isEmpty()) {
        problem(in, "missing_tool", "tool field is required");
        return;
      }
      args = args(body.get("args"));
      String agent = text(body, "agent_id");
      String session = text(body, "session_id");
      text(body, "intent_token");
      Credential credential = in.credential();
      call =
          judge.call(
              in,
              names.judged(tool),
              args,
              agent == null || agent.isEmpty() ? credential : forAgent(agent, credential),
              session == null || session.isEmpty() ? in.session() : session,
              true);
    } catch (RpcProblem problem) {
      JsonValue why = problem.data();
      problem(in, "invalid_json", why instanceof JsonString s ? s.value() : problem.text());
      return;
    }
    judge.decide(
        in,
        call,
        decision -> answer(in, call, decision),
        () -> in.callId(callIds.get()).reply(503, Replies.errorBody("audit store unavailable")));
  }

  private void problem(Inbound in, String error, String detail) {
    in.callId(callIds.get()).reply(400, FlatAnswer.problem(error, detail));
  }

  private static @Nullable String text(JsonObject body, String member) {
    JsonValue value = body.get(member);
    if (value == null || value instanceof JsonNull) {
      return null;
    }
    if (value instanceof JsonString text) {
      return text.value();
    }
    throw CallParams.invalid(member + " is no string");
  }

  private static @Nullable JsonObject args(@Nullable JsonValue value) {
    if (value == null || value instanceof JsonNull) {
      return null;
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw CallParams.invalid("args is no object");
  }

  /**
   * What is presented for a named agent. The name proves nothing: one that differs from the token's
   * subject is refused, and without a token there is no subject it could equal. The token is only
   * read here, and verified by the gate as any other.
   */
  private static Credential forAgent(String agent, Credential credential) {
    if (credential instanceof Credential.Bearer bearer) {
      try {
        if (CapabilityToken.decode(bearer.text()).subject().equals(agent)) {
          return credential;
        }
      } catch (TokenException e) {
        return credential;
      }
      return new Credential.Unusable("agent_id differs from the token's subject");
    }
    return credential instanceof Credential.None
        ? new Credential.Unusable("agent_id needs a token of that agent")
        : credential;
  }

  private void answer(Inbound in, ToolCall call, Decision decision) {
    in.callId(decision.callId());
    if (decision instanceof Decision.Deny deny) {
      in.blocked(deny.refusal().code().check().wireName());
      in.reply(200, FlatAnswer.of(decision, in.latencyMs()));
    } else if (decision instanceof Decision.Escalate) {
      in.escalated().reply(200, FlatAnswer.of(decision, in.latencyMs()));
    } else {
      allow(in.allowed(), call, (Decision.Allow) decision);
    }
  }

  private void allow(Inbound in, ToolCall call, Decision.Allow decision) {
    if (forwarder == null) {
      String reason = "stub: no upstream configured";
      in.reply(200, FlatAnswer.allowed(decision, reason, in.latencyMs(), null));
      return;
    }
    JsonObject.Builder params = JsonObject.builder(2).put("name", call.tool());
    JsonObject args = call.arguments();
    if (args != null) {
      params.put("arguments", args);
    }
    JsonString id = JsonString.of(decision.callId());
    RpcRequest request = new RpcRequest(id, "tools/call", params.build());
    forwarder.flat(
        in,
        request,
        call.tool(),
        () -> conversations.owner(in),
        result -> {
          decision.report(Outcomes.of(result, false));
          relay(in, decision, result);
        });
  }

  private static void relay(Inbound in, Decision decision, UpstreamResult result) {
    long latency = in.latencyMs();
    if (result instanceof UpstreamResult.Result answer) {
      in.reply(200, FlatAnswer.allowed(decision, "forwarded", latency, answer.value()));
    } else if (result instanceof UpstreamResult.RpcError error) {
      int code = Outcomes.of(result, false).errorCode();
      in.reply(200, FlatAnswer.failed(decision, code, "upstream error", error.error(), latency));
    } else {
      JsonObject error =
          JsonObject.builder(3)
              .put("code", -32603)
              .put("message", Outcomes.message(result))
              .put("data", Relayed.data(result))
              .build();
      in.reply(200, FlatAnswer.failed(decision, -32603, Outcomes.message(result), error, latency));
    }
  }
}
