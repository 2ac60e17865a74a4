package app.intentgate.audit;

import java.util.ArrayList;
import java.util.List;

/** A query's filters, applied to rows as they are stored, without reading them. Immutable. */
final class RowFilter {
  private record Wanted(MemberSlot slot, byte[] value) {}

  private final List<Wanted> wanted = new ArrayList<>();
  private final TimeWindow window;

  RowFilter(AuditQuery query) {
    window = new TimeWindow(query.from(), query.to());
    want(AuditField.EVENT, query.event());
    want(AuditField.AGENT_ID, query.agentId());
    want(AuditField.TOOL, query.tool());
    want(AuditField.DECISION, query.decision());
    want(AuditField.CHECK, query.check());
    want(AuditField.CAPABILITY_TOKEN_ID, query.jti());
    want(AuditField.TENANT, query.tenant());
    want(AuditField.ELEVATION_ID, query.elevationId());
    want(AuditField.CALL_ID, query.callId());
  }

  private void want(AuditField field, String value) {
    if (!value.isEmpty()) {
      byte[] text = new ByteBuilder(value.length() + 2).string(value).toByteArray();
      wanted.add(new Wanted(MemberSlot.of(field), text));
    }
  }

  /** Whether every row passes. */
  boolean passesAll() {
    return wanted.isEmpty() && !window.hasStart() && !window.hasEnd();
  }

  /** Whether a row passes; one whose time cannot be read does not pass a window. */
  boolean passes(EventMembers row) {
    for (Wanted w : wanted) {
      if (!row.is(w.slot(), w.value())) {
        return false;
      }
    }
    try {
      return window.contains(row);
    } catch (AuditException e) {
      return false;
    }
  }
}
