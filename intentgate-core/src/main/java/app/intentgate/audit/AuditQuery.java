package app.intentgate.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events a query wants: the filters of admin contract 2.6, and a stable cursor beside its
 * offset (B30). A filter that is empty or null passes everything; texts match exactly.
 *
 * @param from the earliest time, inclusive
 * @param to the latest time, inclusive
 * @param event the event's name
 * @param agentId the agent
 * @param tool the tool
 * @param decision the decision as the wire has it, {@code allow}, {@code block} or {@code
 *     escalate}; any other text matches no event
 * @param check the check
 * @param jti the token's id
 * @param tenant the tenant member, as it stands in the event
 * @param elevationId the elevation
 * @param callId the call
 * @param limit the most events a page may hold, 1 to {@link #MAX_LIMIT}
 * @param offset how many to skip first
 * @param cursor where to go on, from {@link AuditPage#nextCursor}; null for the start
 * @param order the order, by commit and never by clock
 * @param count whether to count all that pass, too
 */
public record AuditQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    String event,
    String agentId,
    String tool,
    String decision,
    String check,
    String jti,
    String tenant,
    String elevationId,
    String callId,
    int limit,
    long offset,
    @Nullable String cursor,
    Order order,
    boolean count) {

  /** The largest page. */
  public static final int MAX_LIMIT = 1000;

  /** The order of a page. */
  public enum Order {
    /** The newest event first. */
    NEWEST_FIRST,
    /** The oldest event first, for readers that follow a chain. */
    OLDEST_FIRST
  }

  /** Checks the limits. */
  public AuditQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative: " + offset);
    }
  }

  /** A builder for a query of the newest 100 events. */
  public static AuditQueryBuilder builder() {
    return new AuditQueryBuilder();
  }

  /** Every event, the newest 100 first. */
  public static AuditQuery all() {
    return builder().build();
  }

  /** Whether an event passes the filters. */
  public boolean matches(AuditEvent e) {
    return passes(event, e.event())
        && passes(agentId, e.agentId())
        && passes(tool, e.tool())
        && passes(decision, e.decision().wireName())
        && passes(check, e.check())
        && passes(jti, e.capabilityTokenId())
        && passes(tenant, e.tenant())
        && passes(elevationId, e.elevationId())
        && passes(callId, e.callId())
        && (from == null || !e.at().isBefore(from))
        && (to == null || !e.at().isAfter(to));
  }

  private static boolean passes(String filter, String value) {
    return filter.isEmpty() || filter.equals(value);
  }
}
