package app.intentgate.server.admin;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import java.util.ArrayList;
import java.util.List;

/** The filters that asking, exporting and following the audit log have in common. */
final class AuditFilters {
  /** All of them but the tenant: with one of these a chain is not looked at whole. */
  private static final List<String> NARROWING =
      List.of(
          "from", "to", "agent_id", "tool", "decision", "check", "jti", "elevation_id", "call_id");

  private AuditFilters() {}

  /**
   * The filters of a request by which it may not see the end of a chain. A tenant has a chain of
   * its own, but for one called as the chain of events without a tenant is.
   */
  static List<String> narrowing(AdminCall call, String tenant) {
    List<String> out = new ArrayList<>(NARROWING);
    out.removeIf(name -> call.query(name).isEmpty());
    if (tenant.equals(AuditChain.DEFAULT)) {
      out.add("tenant");
    }
    return out;
  }

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
