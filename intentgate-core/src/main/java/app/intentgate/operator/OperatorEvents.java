package app.intentgate.operator;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditEventNames;
import java.time.Instant;

/** Begins the audit events of operators' acts: everything that changes state is one (B31). */
public final class OperatorEvents {
  private OperatorEvents() {}

  /**
   * An event that says who acts, and nothing yet of the tenant, the decision or the reason.
   *
   * @param action what they do: {@code admin/mint}
   */
  public static AuditEventBuilder event(Operator operator, String action, Instant at) {
    return AuditEvent.builder()
        .event(AuditEventNames.ADMIN)
        .at(at)
        .tool(action)
        .principal(operator.principal())
        .actor(operator.label())
        .remoteIp(operator.remoteAddress())
        .elevationId(operator.elevationId());
  }
}
