package app.intentgate.server.admin;

import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;

/** The filters that asking, exporting and following the audit log have in common. */
final class AuditFilters {
  private AuditFilters() {}

  /**
   * A query with the filters of a request.
   *
   * @param tenant the tenant it is about; empty for all
   */
  static AuditQueryBuilder of(AdminCall call, String tenant) {
    return AuditQuery.builder()
        .from(call.time("from"))
        .to(call.time("to"))
        .agentId(call.query("agent_id"))
        .tool(call.query("tool"))
        .decision(call.query("decision"))
        .check(call.query("check"))
        .jti(call.query("jti"))
        .elevationId(call.query("elevation_id"))
        .callId(call.query("call_id"))
        .tenant(tenant);
  }
}
