package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.ToolCall;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.ToolNames;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code tools/call}: judged, and forwarded when allowed. */
final class ToolCalls {
  private final Judge judge;
  private final @Nullable Forwarder forwarder;
  private final Conversations conversations;
  private final Rounds rounds;
  private final Refused refused;
  private final ToolNames names;
  private final Supplier<String> callIds;

  ToolCalls(
      Judge judge,
      @Nullable Forwarder forwarder,
      Conversations conversations,
      Rounds rounds,
      Refused refused,
      ToolNames names,
      Supplier<String> callIds) {
    this.judge = judge;
    this.forwarder = forwarder;
    this.conversations = conversations;
    this.rounds = rounds;
    this.refused = refused;
    this.names = names;
    this.callIds = callIds;
  }

  void handle(Inbound in, RpcRequest request, RequestId id) {
    CallParams params;
    ToolCall call;
    try {
      params = CallParams.of(request.params());
      in.isToolCall(params.meta());
      call =
          judge.call(
              in, names.judged(params.tool()), params.arguments(), !request.isNotification());
    } catch (RpcProblem problem) {
      in.callId(callIds.get());
      if (request.isNotification()) {
        in.accepted();
        return;
      }
      throw problem.about(request.id());
    }
    Conversation who = forwarder == null ? null : conversations.ofCall(in);
    if (forwarder != null && who == null) {
      Conversations.unknown(in.callId(callIds.get()), id);
      return;
    }
    Conversation known = who == null ? Conversation.NONE : who;
    Rounds.Round round = rounds.of(in, request, params, known.owner());
    judge.decide(
        in,
        call.continuing(round.continues()),
        decision -> answer(in, round.request(), id, params, known, decision),
        () ->
            in.callId(callIds.get())
                .reply(200, RpcAnswer.error(id, -32603, "audit store unavailable")));
  }

  private void answer(
      Inbound in,
      RpcRequest request,
      RequestId id,
      CallParams params,
      Conversation who,
      Decision decision) {
    if (decision instanceof Decision.Allow allow) {
      allow(in, request, id, params, who, allow);
    } else if (request.isNotification()) {
      in.callId(decision.callId()).accepted();
    } else if (decision instanceof Decision.Deny deny) {
      refused.deny(in, id, deny);
    } else {
      refused.escalate(in, id, (Decision.Escalate) decision);
    }
  }

  private void allow(
      Inbound in,
      RpcRequest request,
      RequestId id,
      CallParams params,
      Conversation who,
      Decision.Allow decision) {
    in.callId(decision.callId()).allowed();
    String tool = params.tool();
    JsonValue rpcId = request.id();
    if (forwarder == null) {
      if (rpcId == null) {
        in.accepted();
      } else {
        in.reply(200, RpcAnswer.stub(id, in.isModern(), in.latencyMs()));
      }
    } else if (rpcId == null) {
      forwarder.message(
          in, request.toBytes(), tool, who, result -> decision.report(Outcomes.of(result, true)));
    } else {
      forwarder.request(
          in,
          request,
          tool,
          who,
          new AwaitedCall(
              in,
              id,
              rpcId,
              decision,
              result -> rounds.sealed(result, decision.callId(), params, who.owner().get())));
    }
  }
}
