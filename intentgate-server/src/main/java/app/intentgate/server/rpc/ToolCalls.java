package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.ToolCall;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.server.consent.ConsentQuestion.Answer;
import app.intentgate.server.mcp.ToolNames;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code tools/call}: judged, and forwarded when allowed. */
final class ToolCalls {
  private final Judge judge;
  private final @Nullable Forwarder forwarder;
  private final Conversations conversations;
  private final Rounds rounds;
  private final Consents consents;
  private final Refused refused;
  private final ToolNames names;
  private final Supplier<String> callIds;

  ToolCalls(
      Judge judge,
      @Nullable Forwarder forwarder,
      Conversations conversations,
      Rounds rounds,
      Consents consents,
      Refused refused,
      ToolNames names,
      Supplier<String> callIds) {
    this.judge = judge;
    this.forwarder = forwarder;
    this.conversations = conversations;
    this.rounds = rounds;
    this.consents = consents;
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
    Conversation who =
        forwarder == null ? conversations.withoutServer(in) : conversations.ofCall(in);
    if (who == null) {
      Conversations.unknown(in.callId(callIds.get()), id);
      return;
    }
    in.isOf(who);
    Consents.Resumed resumed = consents.resumed(in, request, params, who.owner());
    if (resumed == null || request.isNotification()) {
      decide(in, request, id, params, who, call);
      return;
    }
    in.resumes(resumed.pendingId());
    ToolCall again = judge.call(in, names.judged(params.tool()), params.arguments(), true);
    consents.vote(
        in.callId(callIds.get()),
        resumed.pendingId(),
        who.tenant().get(),
        conversations.admits(in) ? resumed.answer() : Answer.NONE,
        () -> decide(in, resumed.request(), id, params, who, again),
        id);
  }

  private void decide(
      Inbound in,
      RpcRequest request,
      RequestId id,
      CallParams params,
      Conversation who,
      ToolCall call) {
    Rounds.Round round = rounds.of(in, request, params, who.owner());
    judge.decide(
        in,
        call.continuing(round.continues()),
        decision -> answer(in, new Judged(request, round.request()), id, params, who, decision),
        () ->
            in.callId(callIds.get())
                .reply(200, RpcAnswer.error(id, -32603, "audit store unavailable")));
  }

  /**
   * A call in both its forms.
   *
   * @param given as the client sent it
   * @param request as it is forwarded
   */
  private record Judged(RpcRequest given, RpcRequest request) {}

  private void answer(
      Inbound in,
      Judged judged,
      RequestId id,
      CallParams params,
      Conversation who,
      Decision decision) {
    if (decision instanceof Decision.Allow allow) {
      allow(in, judged.request(), id, params, who, allow);
    } else if (judged.given().isNotification()) {
      in.callId(decision.callId()).accepted();
    } else if (decision instanceof Decision.Deny deny) {
      refused.deny(in, id, deny);
    } else {
      escalate(in, judged.given(), id, params, who, (Decision.Escalate) decision);
    }
  }

  private void escalate(
      Inbound in,
      RpcRequest given,
      RequestId id,
      CallParams params,
      Conversation who,
      Decision.Escalate decision) {
    JsonObject round = consents.round(in, given, params, who.owner().get());
    if (round == null) {
      refused.escalate(in, id, decision);
    } else {
      in.callId(decision.callId()).escalated().reply(200, RpcAnswer.result(id, round));
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
