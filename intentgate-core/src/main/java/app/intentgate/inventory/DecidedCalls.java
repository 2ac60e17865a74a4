package app.intentgate.inventory;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditPhase;

/** Which events stand for a call: one each, its decision, whatever else its call id is on. */
final class DecidedCalls {
  private DecidedCalls() {}

  /** Whether an event is the decision of a tool call; operators' acts and outcomes are none. */
  static boolean isCall(AuditEvent event) {
    return event.event().equals(AuditEventNames.TOOL_CALL)
        && !event.tool().startsWith("admin/")
        && event.phase() != AuditPhase.OUTCOME;
  }
}
