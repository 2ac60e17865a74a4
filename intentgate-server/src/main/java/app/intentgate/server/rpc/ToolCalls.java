package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.ToolCall;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code tools/call}: judged, and forwarded when allowed. */
final class ToolCalls {
  private final Judge judge;
  private final @Nullable UpstreamClient upstream;
  private final Refused refused;
  private final Supplier<String> callIds;

  ToolCalls(
      Judge judge, @Nullable UpstreamClient upstream, Refused refused, Supplier<String> callIds) {
    this.judge = judge;
    this.upstream = upstream;
    this.refused = refused;
    this.callIds = callIds;
  }

  void handle(Inbound in, RpcRequest request, RequestId id) {
    CallParams params;
    ToolCall call;
    try {
      params = CallParams.of(request.params());
      in.isToolCall(params.meta());
      call = judge.call(in, params.tool(), params.arguments(), !request.isNotification());
    } catch (RpcProblem problem) {
      in.callId(callIds.get());
      if (request.isNotification()) {
        in.accepted();
        return;
      }
      throw problem.about(request.id());
    }
    judge.decide(
        in,
        call,
        decision -> answer(in, request, id, params.tool(), decision),
        () ->
            in.callId(callIds.get())
                .reply(200, RpcAnswer.error(id, -32603, "audit store unavailable")));
  }

  private void answer(
      Inbound in, RpcRequest request, RequestId id, String tool, Decision decision) {
    if (decision instanceof Decision.Allow allow) {
      allow(in, request, id, tool, allow);
    } else if (request.isNotification()) {
      in.callId(decision.callId()).accepted();
    } else if (decision instanceof Decision.Deny deny) {
      refused.deny(in, id, deny);
    } else {
      refused.escalate(in, id, (Decision.Escalate) decision);
    }
  }

  private void allow(
      Inbound in, RpcRequest request, RequestId id, String tool, Decision.Allow decision) {
    in.callId(decision.callId()).allowed();
    if (upstream == null) {
      if (request.isNotification()) {
        in.accepted();
      } else {
        in.reply(200, RpcAnswer.stub(id, in.latencyMs()));
      }
      return;
    }
    in.waitForUpstream();
    upstream.send(
        new UpstreamRequest(
            request.toBytes(), request.id(), tool, ForwardedHeaders.of(in.headers())),
        result ->
            AgentRoutes.guarded(
                in,
                () -> {
                  decision.report(Outcomes.of(result, request.isNotification()));
                  if (request.isNotification()) {
                    in.accepted();
                  } else {
                    Relayed.call(in, id, result);
                  }
                }));
  }
}
