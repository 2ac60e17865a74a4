package app.intentgate.audit;

import java.time.Clock;

/** What is put on the chain when a decision became durable after its caller was answered. */
final class LateEvents {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final long INTERNAL_ERROR = -32603;

  private LateEvents() {}

  /** The outcome of a call whose decision was stored too late: it was refused, not executed. */
  static AuditEvent annulled(AuditEvent decision) {
    return AuditEvent.builder()
        .at(CLOCK.instant())
        .event(decision.event())
        .phase(AuditPhase.OUTCOME)
        .decision(AuditDecision.BLOCK)
        .check("audit")
        .reason("stored too late: answered as audit store unavailable, and not executed")
        .tenant(decision.tenant())
        .agentId(decision.agentId())
        .tool(decision.tool())
        .callId(decision.callId())
        .errorCode(INTERNAL_ERROR)
        .build();
  }
}
