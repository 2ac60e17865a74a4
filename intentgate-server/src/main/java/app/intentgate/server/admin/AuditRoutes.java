package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.VerificationReport;
import app.intentgate.json.JsonOutput;
import java.util.List;
import java.util.Map;

/** Asking the audit log, and verifying it (admin contract 2.6, 2.7). */
final class AuditRoutes implements RouteGroup {
  private final IntentGate gate;

  AuditRoutes(IntentGate gate) {
    this.gate = gate;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/audit", this::query, "GET /v1/admin/audit/verify", this::verify);
  }

  void query(AdminCall call) {
    String cursor = call.query("cursor");
    AuditQuery query =
        AuditFilters.of(call, call.tenantOfQuery())
            .limit(call.limit())
            .offset(call.offset())
            .cursor(cursor.isEmpty() ? null : cursor)
            .count(call.query("count").equals("true"))
            .build();
    AuditPage page;
    try {
      page = gate.audit().query(query);
    } catch (AuditException e) {
      if (e.code() == AuditException.Code.BAD_CURSOR) {
        throw AdminException.badRequest("invalid cursor");
      }
      throw e;
    }
    JsonOutput out = AdminCall.json().name("events").beginArray();
    List<StoredEvent> events = page.events();
    for (StoredEvent event : events) {
      out.rawValue(EventJson.bytes(event));
    }
    out.endArray().name("limit").number(query.limit()).name("offset").number(query.offset());
    if (page.nextCursor() != null) {
      out.name("next_cursor").string(page.nextCursor());
    }
    if (page.total().isPresent()) {
      out.name("total").number(page.total().getAsLong());
    }
    call.reply(out);
  }

  void verify(AdminCall call) {
    String tenant = call.tenantOfQuery();
    VerificationReport report = gate.audit().verify(tenant, call.time("from"), call.time("to"));
    JsonOutput out = AdminCall.json().name("ok").bool(report.ok());
    out.name("tenant").string(tenant);
    out.name("verified").number(report.verified()).name("skipped").number(report.unhashed());
    BrokenEvent broken = report.broken();
    if (broken != null) {
      out.name("broken_at").beginObject().name("id").number(broken.seq());
      if (broken.at() != null) {
        out.name("ts").string(broken.at().toString());
      }
      out.name("stored_hash").string(broken.storedHash());
      out.name("expected_hash").string(broken.expectedHash());
      out.name("reason").string(broken.how().reason());
      out.name("detail").string(broken.detail()).endObject();
    }
    ChainHead head = report.head();
    if (head != null) {
      out.name("head_at").string(head.at().toString()).name("head_id").number(head.seq());
      out.name("head_hash").string(head.hash());
    }
    VerificationReport.Start start = report.start();
    if (start != null) {
      out.name("start").beginObject().name("genesis").bool(start.genesis());
      out.name("seq").number(start.seq());
      if (!start.genesis()) {
        out.name("trusted_prev_hash").string(start.trustedPrevHash());
        out.name("why").string(start.why());
      }
      out.endObject();
    }
    call.reply(out);
  }
}
