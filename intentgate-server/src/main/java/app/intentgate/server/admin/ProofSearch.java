package app.intentgate.server.admin;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events that a proof is about. A call has an index; a session and an event's id have
 * none, and are looked for among the newest events of the wanted time, a bounded number of them.
 */
final class ProofSearch {
  /** More events of one session than these are not proved in one document. */
  private static final int MOST = 10_000;

  /** How many events are looked at: some seconds of a database's time. */
  static final int LOOKED_AT = 200_000;

  private final AuditStore audit;
  private final int lookedAt;
  private final String tenant;
  private final @Nullable Instant from;
  private final @Nullable Instant to;

  /**
   * A search.
   *
   * @param lookedAt how many events are looked at where no index leads
   * @param tenant whose events; empty for all
   * @param from the earliest time, or null
   * @param to the latest time, or null
   */
  ProofSearch(
      AuditStore audit, int lookedAt, String tenant, @Nullable Instant from, @Nullable Instant to) {
    this.audit = audit;
    this.lookedAt = lookedAt;
    this.tenant = tenant;
    this.from = from;
    this.to = to;
  }

  /**
   * What was found.
   *
   * @param events the events, oldest first
   * @param since null when everything was looked at; otherwise the time of the last event that was,
   *     before which there may be more
   */
  record Found(List<StoredEvent> events, @Nullable Instant since) {}

  /** The events of a session. */
  Found session(String id) {
    return scan(MOST, event -> id.equals(event.sessionId()));
  }

  /** The events of the call that a call's or an event's id names. */
  Found call(String id) {
    List<StoredEvent> call = ofCall(id);
    if (!call.isEmpty()) {
      return new Found(call, null);
    }
    Found one = scan(1, event -> id.equals(event.eventId()));
    if (one.events().isEmpty()) {
      return one;
    }
    String callId = one.events().get(0).event().callId();
    return new Found(callId.isEmpty() ? one.events() : ofCall(callId), null);
  }

  private AuditQueryBuilder query() {
    return AuditQuery.builder().tenant(tenant).limit(AuditQuery.MAX_LIMIT);
  }

  private List<StoredEvent> ofCall(String callId) {
    return audit.query(query().callId(callId).oldestFirst().build()).events();
  }

  private Found scan(int most, Predicate<AuditEvent> wanted) {
    List<StoredEvent> found = new ArrayList<>();
    Instant since = null;
    int seen = 0;
    String cursor = null;
    do {
      AuditPage page = audit.query(query().from(from).to(to).cursor(cursor).build());
      for (StoredEvent stored : page.events()) {
        if (seen == lookedAt || found.size() == most) {
          Collections.reverse(found);
          return new Found(found, since);
        }
        seen++;
        since = stored.event().at();
        if (wanted.test(stored.event())) {
          found.add(stored);
        }
      }
      cursor = page.nextCursor();
    } while (cursor != null);
    Collections.reverse(found);
    return new Found(found, null);
  }
}
