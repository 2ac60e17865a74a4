package app.intentgate.server.rpc;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditPhase;
import app.intentgate.check.Caller;
import app.intentgate.server.mcp.McpMethods;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what was relayed without being judged, and what was not. */
final class RequestEvents {
  private static final Logger LOG = LoggerFactory.getLogger(RequestEvents.class);

  private final IntentGate gate;
  private final Supplier<String> callIds;

  RequestEvents(IntentGate gate, Supplier<String> callIds) {
    this.gate = gate;
    this.callIds = callIds;
  }

  /** Records that a request is relayed; the stage completes when that is durable. */
  CompletionStage<Void> relayed(Inbound in, Caller caller, String method, String callId) {
    return gate.record(
        common(in, method, callId, caller).decision(AuditDecision.ALLOW).reason("relayed").build());
  }

  /** Records that a request was refused. */
  CompletionStage<Void> refused(
      Inbound in, Caller caller, String method, String callId, String check, String why, int code) {
    return gate.record(
        common(in, method, callId, caller)
            .decision(AuditDecision.BLOCK)
            .check(check)
            .reason(why)
            .errorCode(code)
            .build());
  }

  /** Records that a message of the tool server was not handed on, also when its client left. */
  Consumer<String> drops(Inbound in) {
    String address = in.remoteAddress();
    String session = in.session();
    return why -> {
      LOG.warn("a message of the upstream was dropped: {}", why);
      unheard(
          common(address, session, "stream", callIds.get(), Caller.ANONYMOUS)
              .decision(AuditDecision.BLOCK)
              .check("upstream")
              .reason(why));
    };
  }

  /** Records that so many more callers of an address failed to say who they are. */
  void failures(String address, long count) {
    unheard(
        common(address, null, "authentication", callIds.get(), Caller.ANONYMOUS)
            .decision(AuditDecision.BLOCK)
            .check("capability")
            .reason(count + " more failed authentications in a minute"));
  }

  private void unheard(AuditEventBuilder event) {
    gate.record(event.build())
        .exceptionally(
            failure -> {
              LOG.error("an event could not be stored: {}", failure.toString());
              return null;
            });
  }

  private AuditEventBuilder common(Inbound in, String method, String callId, Caller caller) {
    return common(in.remoteAddress(), in.session(), method, callId, caller);
  }

  private AuditEventBuilder common(
      String address, @Nullable String session, String method, String callId, Caller caller) {
    AuditEventBuilder event =
        AuditEvent.builder()
            .event(AuditEventNames.MCP_REQUEST)
            .at(gate.now())
            .callId(callId)
            .phase(AuditPhase.DECISION)
            .tool(McpMethods.asTool(method))
            .remoteIp(address);
    if (session != null) {
      event.sessionId(session);
    }
    if (caller.isAuthenticated()) {
      event
          .tenant(caller.tenant())
          .agentId(caller.agentId())
          .zone(caller.zone())
          .capabilityTokenId(caller.tokenId())
          .rootCapabilityTokenId(caller.rootTokenId())
          .caveatCount(caller.caveatCount())
          .chainId(caller.chainId());
    }
    return event;
  }
}
