package app.intentgate.sdk.admin;

import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads and verifies the audit log. Of a query, {@code event} and {@code order} are not asked of a
 * gate: it answers the newest events first.
 */
public final class AuditAdmin {
  private static final String PATH = "/v1/admin/audit";

  private final AdminHttp http;

  AuditAdmin(AdminHttp http) {
    this.http = http;
  }

  private static Parameters filters(AuditQuery query) {
    return new Parameters()
        .with("from", query.from())
        .with("to", query.to())
        .with("agent_id", query.agentId())
        .with("tool", query.tool())
        .with("decision", query.decision())
        .with("check", query.check())
        .with("jti", query.jti())
        .with("tenant", query.tenant())
        .with("elevation_id", query.elevationId())
        .with("call_id", query.callId());
  }

  /** One page. */
  public AuditEntries query(AuditQuery query) {
    return page(query, query.cursor());
  }

  private AuditEntries page(AuditQuery query, @Nullable String cursor) {
    Parameters parameters = filters(query).with("limit", query.limit()).with("cursor", cursor);
    if (query.offset() > 0 && cursor == null) {
      parameters.with("offset", query.offset());
    }
    if (query.count()) {
      parameters.with("count", "true");
    }
    JsonObject page = http.get(PATH + parameters);
    String next = Reading.text(page, "next_cursor");
    return new AuditEntries(
        Reading.list(page, "events", AuditEntry::new),
        next.isEmpty() ? null : next,
        page.get("total") instanceof JsonNumber n && n.fitsLong()
            ? OptionalLong.of(n.longValue())
            : OptionalLong.empty());
  }

  /** All events of a query, fetched page by page while they are read. */
  public Iterable<AuditEntry> all(AuditQuery query) {
    return () -> new Pages(query);
  }

  private final class Pages implements Iterator<AuditEntry> {
    private final AuditQuery query;
    private AuditEntries page;
    private int at;

    Pages(AuditQuery query) {
      this.query = query;
      this.page = query(query);
    }

    @Override
    public boolean hasNext() {
      while (at >= page.events().size() && page.nextCursor() != null) {
        String cursor = page.nextCursor();
        page = page(query, cursor);
        at = 0;
        if (cursor.equals(page.nextCursor())) {
          throw new AdminException(0, "a page of the audit log leads to itself", null, null);
        }
      }
      return at < page.events().size();
    }

    @Override
    public AuditEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more events");
      }
      return page.events().get(at++);
    }
  }

  /**
   * An export, read while it comes; the caller closes it.
   *
   * @param format {@code csv} or {@code json}, which is one event a line
   */
  public InputStream export(String format, AuditQuery query) {
    return export(format, query, false);
  }

  /**
   * An export, read while it comes; the caller closes it.
   *
   * @param format {@code csv} or {@code json}, which is one event a line
   * @param checkpoint whether it ends with a signed checkpoint of each chain in it; a gate refuses
   *     that with any filter but the tenant
   */
  public InputStream export(String format, AuditQuery query, boolean checkpoint) {
    return http.stream(
        PATH
            + "/export"
            + filters(query).with("format", format).with("checkpoint", checkpoint ? "true" : null));
  }

  /**
   * Follows the log: each event as it is stored, its data the event.
   *
   * @param tenant of one tenant; empty for all
   * @param lastEventId goes on after this event, on any gate of the store; empty for what comes
   */
  public GateEvents follow(String tenant, String lastEventId) {
    return http.events(PATH + "/stream" + new Parameters().with("tenant", tenant), lastEventId);
  }

  /** Verifies a tenant's chain. */
  public ChainStatus verify(String tenant) {
    return ChainStatus.of(http.get(PATH + "/verify" + new Parameters().with("tenant", tenant)));
  }

  /** Signed checkpoints of a tenant's chain. */
  public JsonObject checkpoints(String tenant, long fromSequence, int limit) {
    return http.get(
        PATH
            + "/checkpoints"
            + new Parameters()
                .with("tenant", tenant)
                .with("from_sequence", fromSequence)
                .with("limit", limit));
  }

  /** The keys that verify checkpoints. */
  public JsonObject keys() {
    return http.get(PATH + "/key");
  }
}
