package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.ChainLines;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A query's filters as conditions on the rows of {@code ig_audit_events e}. */
final class EventFilter {
  private final StringBuilder where = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  EventFilter(AuditQuery query, AuditSql sql) {
    String tenant = query.tenant();
    if (!tenant.isEmpty()) {
      and("e.chain = ?", AuditRow.key(tenant));
      if (tenant.equals(AuditChain.DEFAULT)) {
        // Of no tenant are events of that chain alone; said of others, it misleads the planner.
        and("e.tenant = ?", ChainLines.escaped(tenant));
      }
    }
    text("event", query.event());
    text("agent_id", query.agentId());
    text("tool", query.tool());
    text("decision", query.decision());
    text("\"check\"", query.check());
    text("jti", query.jti());
    text("elevation_id", query.elevationId());
    text("call_id", query.callId());
    Instant from = query.from();
    if (from != null) {
      and("e.ts >= " + sql.timeParameter(), AuditRow.microsFrom(from));
    }
    Instant to = query.to();
    if (to != null) {
      and("e.ts <= " + sql.timeParameter(), AuditRow.microsTo(to));
    }
  }

  /** Adds that a number is within a stretch, where that says anything. */
  EventFilter within(String number, Stretch stretch) {
    return stretch.isAll()
        ? this
        : and(number + " >= ?", stretch.first()).and(number + " <= ?", stretch.last());
  }

  private void text(String column, String value) {
    if (!value.isEmpty()) {
      and("e." + column + " = ?", ChainLines.escaped(value));
    }
  }

  /** Adds a condition with one parameter. */
  EventFilter and(String condition, Object value) {
    where.append(" AND ").append(condition);
    values.add(value);
    return this;
  }

  /** The conditions, each with AND before it. */
  String conditions() {
    return where.toString();
  }

  /** Sets the parameters from an index on, and says the next one. */
  int bind(PreparedStatement statement, int first) throws SQLException {
    int at = first;
    for (Object value : values) {
      if (value instanceof Long number) {
        statement.setLong(at++, number);
      } else {
        statement.setString(at++, (String) value);
      }
    }
    return at;
  }
}
