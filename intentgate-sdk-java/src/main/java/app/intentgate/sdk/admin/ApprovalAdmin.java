package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import java.util.List;

/** Lists and decides calls that wait for a person. */
public final class ApprovalAdmin {
  private static final String PATH = "/v1/admin/approvals";

  private final AdminHttp http;

  ApprovalAdmin(AdminHttp http) {
    this.http = http;
  }

  /** Those that wait, newest first. */
  public List<ApprovalRow> pending() {
    return list("pending", 1000, 0);
  }

  /** Those with a status, or all when it is empty; newest first. */
  public List<ApprovalRow> list(String status, int limit, int offset) {
    JsonObject page =
        http.get(
            PATH
                + new Parameters()
                    .with("status", status)
                    .with("limit", limit)
                    .with("offset", offset));
    return Reading.list(page, "approvals", ApprovalRow::of);
  }

  /**
   * Follows them: first those that wait, then every change. Each event's data is a row.
   *
   * @param tenant of one tenant; empty for all
   * @param lastEventId goes on after this event; empty to begin
   */
  public GateEvents follow(String tenant, String lastEventId) {
    return http.events(PATH + "/stream" + new Parameters().with("tenant", tenant), lastEventId);
  }

  /** One of them. */
  public ApprovalRow get(String pendingId) {
    return ApprovalRow.of(http.get(PATH + "/" + Parameters.segment(pendingId)));
  }

  /** Agrees; the row may still be pending after it, where several must. */
  public ApprovalRow approve(String pendingId, String decidedBy, String note) {
    return decide(pendingId, "approve", decidedBy, note);
  }

  /** Refuses. */
  public ApprovalRow reject(String pendingId, String decidedBy, String note) {
    return decide(pendingId, "reject", decidedBy, note);
  }

  private ApprovalRow decide(String id, String decision, String decidedBy, String note) {
    JsonObject body =
        JsonObject.builder(3)
            .put("decision", decision)
            .put("decided_by", decidedBy)
            .put("note", note)
            .build();
    return ApprovalRow.of(http.post(PATH + "/" + Parameters.segment(id) + "/decide", body));
  }
}
