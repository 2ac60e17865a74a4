package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.check.Caller;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Outcome;
import app.intentgate.check.Refusal;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.McpMethods;
import app.intentgate.server.mcp.MethodRule;
import app.intentgate.server.mcp.MethodRules;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Methods that call no tool: relayed for a caller whose token holds, where one came or is required
 * (B35, B45), or judged where the operator wants that; recorded before they go on.
 */
final class RelayedRequests {
  private final IntentGate gate;
  private final Judge judge;
  private final @Nullable Forwarder forwarder;
  private final Conversations conversations;
  private final CallerView view;
  private final MethodRules rules;
  private final OwnAnswers answers;
  private final RequestEvents events;
  private final Recording recording;
  private final Supplier<String> callIds;
  private final RefusedCallers refusedCallers;
  private final CallerRates rates = new CallerRates(System::nanoTime);

  /** What this works with. */
  record Parts(
      IntentGate gate,
      Judge judge,
      @Nullable Forwarder forwarder,
      Conversations conversations,
      CallerView view,
      MethodRules rules,
      OwnAnswers answers,
      RequestEvents events,
      Recording recording,
      RefusedCallers refusedCallers,
      Supplier<String> callIds) {}

  RelayedRequests(Parts parts) {
    this.gate = parts.gate();
    this.judge = parts.judge();
    this.forwarder = parts.forwarder();
    this.conversations = parts.conversations();
    this.view = parts.view();
    this.rules = parts.rules();
    this.answers = parts.answers();
    this.events = parts.events();
    this.recording = parts.recording();
    this.refusedCallers = parts.refusedCallers();
    this.callIds = parts.callIds();
  }

  /** Serves a request or a notification. */
  void handle(Inbound in, RpcRequest request, RequestId id) {
    String callId = callIds.get();
    in.callId(callId);
    Caller caller = admit(in, id, request.method(), request.isNotification());
    if (caller == null) {
      return;
    }
    if (request.method().equals("initialize")) {
      conversations.begins(in, caller);
    }
    Conversation who = forwarder == null ? null : conversations.of(in, caller);
    if (forwarder != null && who == null) {
      recording.after(
          in,
          events.refused(in, caller, request.method(), callId, "capability", "not its session", 0),
          id,
          () -> Conversations.unknown(in, id));
      return;
    }
    String asTool = McpMethods.asTool(request.method());
    if (McpMethods.needsPermission(request.method())
        && caller.isAuthenticated()
        && rules.find(request.method()) == null
        && !gate.mayCall(caller, asTool)) {
      Refusal refusal =
          Refusal.of(
              DenialCode.CAPABILITY,
              "the token lists its tools, and " + asTool + " is not among them");
      in.blocked("capability");
      recording.after(
          in,
          events.refused(
              in, caller, request.method(), callId, "capability", refusal.reason(), -32010),
          id,
          () -> Refused.plain(in, id, refusal));
      return;
    }
    if (forwarder == null || who == null) {
      own(in, request, id);
    } else if (rules.find(request.method()) == MethodRule.JUDGE) {
      judged(in, request, id, caller, who, forwarder);
    } else if (request.method().equals("ping")) {
      forward(in, request, id, caller, who, forwarder, null);
    } else {
      recording.after(
          in,
          events.relayed(in, caller, request.method(), callId),
          id,
          () -> forward(in, request, id, caller, who, forwarder, null));
    }
  }

  /** The caller of a request that may be relayed; null when it was answered instead. */
  @Nullable Caller admit(Inbound in, RequestId id, String method, boolean notification) {
    Outcome<Caller> admitted = gate.admit(in.credential(), in.header("X-IntentGate-OBO"));
    if (admitted instanceof Outcome.Deny<Caller> deny) {
      in.blocked("capability");
      refusedCallers.refuse(
          in,
          id,
          method,
          admitted.found(),
          deny.refusal(),
          () -> {
            if (notification && !in.isMcpClient()) {
              in.accepted();
            } else {
              Refused.plain(in, id, deny.refusal());
            }
          });
      return null;
    }
    Caller caller = admitted.found();
    if (!rates.admit(CallerRates.source(caller, in.remoteHost()))) {
      in.tooMany(RpcAnswer.error(id, -32603, "too many requests"));
      return null;
    }
    return caller;
  }

  private void own(Inbound in, RpcRequest request, RequestId id) {
    JsonValue result = answers.of(request, in.isModern());
    if (request.isNotification()) {
      in.accepted();
    } else if (result == null) {
      McpRoute.unknownMethod(in, request, id);
    } else {
      in.reply(200, RpcAnswer.result(id, result));
    }
  }

  private void judged(
      Inbound in, RpcRequest request, RequestId id, Caller caller, Conversation who, Forwarder to) {
    ToolCall call =
        judge.call(
            in,
            McpMethods.asTool(request.method()),
            arguments(request.params()),
            !request.isNotification());
    judge.decide(
        in,
        call,
        decision -> {
          in.callId(decision.callId());
          if (decision instanceof Decision.Allow allow) {
            forward(in, request, id, caller, who, to, allow);
          } else if (request.isNotification()) {
            in.accepted();
          } else if (decision instanceof Decision.Deny deny) {
            in.blocked(deny.refusal().code().check().wireName());
            Refused.plain(in, id, deny.refusal());
          } else {
            Refused.pending(in.escalated(), id, (Decision.Escalate) decision);
          }
        },
        () -> recording.unavailable(in, id));
  }

  private static @Nullable JsonObject arguments(@Nullable JsonValue params) {
    if (!(params instanceof JsonObject object)) {
      return null;
    }
    JsonObject.Builder out = JsonObject.builder(object.size());
    for (int i = 0; i < object.size(); i++) {
      if (!object.nameAt(i).equals("_meta")) {
        out.put(object.nameAt(i), object.valueAt(i));
      }
    }
    return out.build();
  }

  private void forward(
      Inbound in,
      RpcRequest request,
      RequestId id,
      Caller caller,
      Conversation who,
      Forwarder to,
      Decision.@Nullable Allow decision) {
    JsonValue rpcId = request.id();
    if (rpcId == null) {
      to.message(
          in,
          request.toBytes(),
          null,
          who,
          result -> {
            if (decision != null) {
              decision.report(Outcomes.of(result, true));
            }
          });
      return;
    }
    boolean modern = in.isModern();
    to.request(
        in,
        request,
        null,
        who,
        new AwaitedRequest(
            id,
            rpcId,
            result -> view.of(request, modern, caller, result),
            outcome -> {
              if (decision != null) {
                decision.report(outcome);
              }
            }));
  }
}
