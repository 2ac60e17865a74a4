package app.intentgate.audit;

import app.intentgate.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was decided or happened, immutable: every member of runtime contract 5.1 and of
 * ours. A member that is absent reads as its zero value: {@code ""}, 0, false, an empty list or
 * object. What chains it to others (sequence, hashes) is not here but in {@link StoredEvent}.
 *
 * <p>An event keeps what must be stored and nothing of the request's body, and never a secret.
 */
public final class AuditEvent {
  /** The schema that hashes the members of runtime contract 5.2 alone. */
  public static final String SCHEMA_7 = "7";

  /** The schema of our events: every stored member is hashed (B58). */
  public static final String SCHEMA_8 = "8";

  /** Only members that are there; never changed. */
  private final MemberValues values;

  AuditEvent(MemberValues values) {
    this.values = values;
  }

  /** A builder for an event of schema {@code "8"} named {@link AuditEventNames#TOOL_CALL}. */
  public static AuditEventBuilder builder() {
    return new AuditEventBuilder();
  }

  /** A builder that starts with this event's members. */
  public AuditEventBuilder toBuilder() {
    return new AuditEventBuilder(values);
  }

  /**
   * The value of a member: {@link Instant}, String, Long, Boolean, a list of strings or {@link
   * JsonObject} by its {@linkplain AuditField#kind() kind}; null when it is absent, or set by the
   * store.
   */
  public @Nullable Object value(AuditField field) {
    return values.get(field);
  }

  /** When the event was made; cut to microseconds for events of ours. */
  public Instant at() {
    return (Instant) Objects.requireNonNull(values.get(AuditField.TS));
  }

  /** What kind of event this is; see {@link AuditEventNames}. */
  public String event() {
    return text(AuditField.EVENT);
  }

  /** The rule the event is hashed by: {@code "8"} for ours. */
  public String schemaVersion() {
    return text(AuditField.SCHEMA_VERSION);
  }

  /** What was decided. */
  public AuditDecision decision() {
    return AuditDecision.of(text(AuditField.DECISION));
  }

  /** The check or stage that decided; empty on an allow. */
  public String check() {
    return text(AuditField.CHECK);
  }

  /** Why, as the agent was told. */
  public String reason() {
    return text(AuditField.REASON);
  }

  /** A sentence for people that some sinks add; never hashed, never stored. */
  public String summary() {
    return text(AuditField.SUMMARY);
  }

  /** The tenant, from a verified token or the operator's scope; empty when unknown. */
  public String tenant() {
    return text(AuditField.TENANT);
  }

  /** The id a captured result is found under. */
  public String eventId() {
    return text(AuditField.EVENT_ID);
  }

  /** The hash of the upstream's answer, lower-case hex. */
  public String resultSha256() {
    return text(AuditField.RESULT_SHA256);
  }

  /** The size of the upstream's answer in bytes. */
  public long resultBytes() {
    return number(AuditField.RESULT_BYTES);
  }

  /** Whether the upstream's answer was kept. */
  public boolean resultStored() {
    return flag(AuditField.RESULT_STORED);
  }

  /** The policy bundle that decided, or that a proof event speaks of. */
  public String bundleId() {
    return text(AuditField.BUNDLE_ID);
  }

  /** That bundle's digest, or its revision. */
  public String bundleDigest() {
    return text(AuditField.BUNDLE_DIGEST);
  }

  /** The agent that called. */
  public String agentId() {
    return text(AuditField.AGENT_ID);
  }

  /** The MCP session or task the call belongs to (B32). */
  public String sessionId() {
    return text(AuditField.SESSION_ID);
  }

  /** The tool called, or the name of an operator's action. */
  public String tool() {
    return text(AuditField.TOOL);
  }

  /** The names of the arguments, in the order of the request. */
  public List<String> argKeys() {
    return texts(AuditField.ARG_KEYS);
  }

  /** The arguments, as far as {@link ArgValues} keeps them. */
  public JsonObject argValues() {
    return object(AuditField.ARG_VALUES);
  }

  /** The jti of the verified token. */
  public String capabilityTokenId() {
    return text(AuditField.CAPABILITY_TOKEN_ID);
  }

  /** The jti of the token it descends from. */
  public String rootCapabilityTokenId() {
    return text(AuditField.ROOT_CAPABILITY_TOKEN_ID);
  }

  /** How many caveats the token carries. */
  public long caveatCount() {
    return number(AuditField.CAVEAT_COUNT);
  }

  /** The approval this call waits or waited for. */
  public String pendingId() {
    return text(AuditField.PENDING_ID);
  }

  /** Who decided that approval, as they wrote it. */
  public String decidedBy() {
    return text(AuditField.DECIDED_BY);
  }

  /** What the agent wants, in the extractor's words. */
  public String intentSummary() {
    return text(AuditField.INTENT_SUMMARY);
  }

  /** Milliseconds from the call's arrival to this event. */
  public long latencyMs() {
    return number(AuditField.LATENCY_MS);
  }

  /** The caller's address and port. */
  public String remoteIp() {
    return text(AuditField.REMOTE_IP);
  }

  /** The HTTP status the upstream answered with; 0 when none came. */
  public long upstreamStatus() {
    return number(AuditField.UPSTREAM_STATUS);
  }

  /** Whether the policy asked for a step-up. */
  public boolean requiresStepUp() {
    return flag(AuditField.REQUIRES_STEP_UP);
  }

  /** The just-in-time elevation an operator acted under. */
  public String elevationId() {
    return text(AuditField.ELEVATION_ID);
  }

  /** What all events of one call share. */
  public String callId() {
    return text(AuditField.CALL_ID);
  }

  /** Whether this is a call's decision or its outcome; null for other events. */
  public @Nullable AuditPhase phase() {
    return AuditPhase.of(text(AuditField.PHASE));
  }

  /** The hash of the policy that decided, or would have (B25). */
  public String policySha256() {
    return text(AuditField.POLICY_SHA256);
  }

  /** The reason the policy's rule gave (B25). */
  public String ruleReason() {
    return text(AuditField.RULE_REASON);
  }

  /** The token's chain id (B11). */
  public String chainId() {
    return text(AuditField.CHAIN_ID);
  }

  /** The authenticated operator. */
  public String principal() {
    return text(AuditField.PRINCIPAL);
  }

  /** The name an operator gave; nobody checked it. */
  public String actor() {
    return text(AuditField.ACTOR);
  }

  /** The zone of the verified token. */
  public String zone() {
    return text(AuditField.ZONE);
  }

  /** When this gate saw the step-up, in seconds since 1970; 0 when it saw none (B9). */
  public long stepUpAt() {
    return number(AuditField.STEP_UP_AT);
  }

  /** The user the agent acts for, from a verified on-behalf-of token. */
  public String userSubject() {
    return text(AuditField.USER_SUBJECT);
  }

  /** That user's attributes. */
  public JsonObject userAttrs() {
    return object(AuditField.USER_ATTRS);
  }

  /** The tools the intent allows. */
  public List<String> intentAllowed() {
    return texts(AuditField.INTENT_ALLOWED);
  }

  /** The tools the intent forbids. */
  public List<String> intentForbidden() {
    return texts(AuditField.INTENT_FORBIDDEN);
  }

  /** The agent called, when agents call each other. */
  public String calleeAgent() {
    return text(AuditField.CALLEE_AGENT);
  }

  /** That agent's zone. */
  public String calleeZone() {
    return text(AuditField.CALLEE_ZONE);
  }

  /** The hash of the canonical arguments. */
  public String argumentsSha256() {
    return text(AuditField.ARGUMENTS_SHA256);
  }

  /** The JSON-RPC error code the caller got; 0 when none. */
  public long errorCode() {
    return number(AuditField.ERROR_CODE);
  }

  private String text(AuditField field) {
    Object v = values.get(field);
    return v == null ? "" : (String) v;
  }

  private long number(AuditField field) {
    Object v = values.get(field);
    return v == null ? 0 : (Long) v;
  }

  private boolean flag(AuditField field) {
    return values.get(field) != null;
  }

  @SuppressWarnings("unchecked") // the builder puts nothing else there
  private List<String> texts(AuditField field) {
    Object v = values.get(field);
    return v == null ? List.of() : (List<String>) v;
  }

  private JsonObject object(AuditField field) {
    Object v = values.get(field);
    return v == null ? JsonObject.EMPTY : (JsonObject) v;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuditEvent e && values.equals(e.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** What happened, in short, for logs. */
  @Override
  public String toString() {
    return event() + " " + text(AuditField.DECISION) + " " + tool() + " call_id=" + callId();
  }
}
