package app.intentgate.inventory;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import java.time.Instant;

/** Decisions of calls, told in a line. */
final class Calls {
  private Calls() {}

  /** The decision of a call, so many seconds after 1970. */
  static AuditEventBuilder call(String tenant, String agent, String tool, long second) {
    return AuditEvent.builder()
        .at(Instant.ofEpochSecond(second))
        .event("intentgate.tool_call")
        .decision(AuditDecision.ALLOW)
        .tenant(tenant)
        .agentId(agent)
        .tool(tool);
  }

  /** The same, refused by a check. */
  static AuditEventBuilder blocked(String tenant, String agent, String tool, long second) {
    return call(tenant, agent, tool, second).decision(AuditDecision.BLOCK).check("intent");
  }
}
