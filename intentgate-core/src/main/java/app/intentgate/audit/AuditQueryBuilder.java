package app.intentgate.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Collects the filters of an {@link AuditQuery}. Not thread-safe. */
public final class AuditQueryBuilder {
  private @Nullable Instant from;
  private @Nullable Instant to;
  private String event = "";
  private String agentId = "";
  private String tool = "";
  private String decision = "";
  private String check = "";
  private String jti = "";
  private String tenant = "";
  private String elevationId = "";
  private String callId = "";
  private int limit = 100;
  private long offset;
  private @Nullable String cursor;
  private AuditQuery.Order order = AuditQuery.Order.NEWEST_FIRST;
  private boolean count;

  AuditQueryBuilder() {}

  /** Sets the earliest time, inclusive; null for none. */
  public AuditQueryBuilder from(@Nullable Instant from) {
    this.from = from;
    return this;
  }

  /** Sets the latest time, inclusive; null for none. */
  public AuditQueryBuilder to(@Nullable Instant to) {
    this.to = to;
    return this;
  }

  /** Sets the event's name to match exactly; empty for any. */
  public AuditQueryBuilder event(String event) {
    this.event = event;
    return this;
  }

  /** Sets the agent to match exactly; empty for any. */
  public AuditQueryBuilder agentId(String agentId) {
    this.agentId = agentId;
    return this;
  }

  /** Sets the tool to match exactly; empty for any. */
  public AuditQueryBuilder tool(String tool) {
    this.tool = tool;
    return this;
  }

  /**
   * Sets the decision to match, {@code allow}, {@code block} or {@code escalate}; empty for any.
   */
  public AuditQueryBuilder decision(String decision) {
    this.decision = decision;
    return this;
  }

  /** Sets the check to match exactly; empty for any. */
  public AuditQueryBuilder check(String check) {
    this.check = check;
    return this;
  }

  /** Sets the token's id to match exactly; empty for any. */
  public AuditQueryBuilder jti(String jti) {
    this.jti = jti;
    return this;
  }

  /** Sets the tenant to match exactly; empty for any. */
  public AuditQueryBuilder tenant(String tenant) {
    this.tenant = tenant;
    return this;
  }

  /** Sets the elevation to match exactly; empty for any. */
  public AuditQueryBuilder elevationId(String elevationId) {
    this.elevationId = elevationId;
    return this;
  }

  /** Sets the call to match exactly; empty for any. */
  public AuditQueryBuilder callId(String callId) {
    this.callId = callId;
    return this;
  }

  /** Sets the most events a page may hold, 1 to {@link AuditQuery#MAX_LIMIT}; 100 by default. */
  public AuditQueryBuilder limit(int limit) {
    this.limit = limit;
    return this;
  }

  /** Sets how many events to skip first. */
  public AuditQueryBuilder offset(long offset) {
    this.offset = offset;
    return this;
  }

  /** Sets where to go on; null for the start. */
  public AuditQueryBuilder cursor(@Nullable String cursor) {
    this.cursor = cursor;
    return this;
  }

  /** Asks for the oldest events first. */
  public AuditQueryBuilder oldestFirst() {
    this.order = AuditQuery.Order.OLDEST_FIRST;
    return this;
  }

  /** Sets whether to count all that pass. */
  public AuditQueryBuilder count(boolean count) {
    this.count = count;
    return this;
  }

  /**
   * The query.
   *
   * @throws IllegalArgumentException when limit or offset are out of range
   */
  public AuditQuery build() {
    return new AuditQuery(
        from,
        to,
        event,
        agentId,
        tool,
        decision,
        check,
        jti,
        tenant,
        elevationId,
        callId,
        limit,
        offset,
        cursor,
        order,
        count);
  }
}
