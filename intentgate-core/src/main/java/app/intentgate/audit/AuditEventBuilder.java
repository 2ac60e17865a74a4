package app.intentgate.audit;

import app.intentgate.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Collects the members of an {@link AuditEvent}. Setting a member to its zero value leaves it out.
 * Not thread-safe; may go on being used after {@link #build}.
 */
public final class AuditEventBuilder {
  private MemberValues values;
  private boolean shared;

  AuditEventBuilder() {
    values = new MemberValues();
    values.put(AuditField.EVENT, AuditEventNames.TOOL_CALL);
    values.put(AuditField.SCHEMA_VERSION, AuditEvent.SCHEMA_8);
  }

  AuditEventBuilder(MemberValues start) {
    values = start;
    shared = true;
  }

  /** Sets when the event was made (required); what is finer than a microsecond is cut off. */
  public AuditEventBuilder at(Instant at) {
    return set(AuditField.TS, at.truncatedTo(ChronoUnit.MICROS));
  }

  /** Sets what kind of event this is. */
  public AuditEventBuilder event(String event) {
    return set(AuditField.EVENT, event);
  }

  /** Sets what was decided (required). */
  public AuditEventBuilder decision(AuditDecision decision) {
    return set(AuditField.DECISION, decision.wireName());
  }

  /** Sets the check or stage that decided. */
  public AuditEventBuilder check(String check) {
    return set(AuditField.CHECK, check);
  }

  /** Sets why, as the agent was told. */
  public AuditEventBuilder reason(String reason) {
    return set(AuditField.REASON, reason);
  }

  /** Sets a sentence for people that some sinks add. */
  public AuditEventBuilder summary(String summary) {
    return set(AuditField.SUMMARY, summary);
  }

  /** Sets the tenant, from a verified token or the operator's scope. */
  public AuditEventBuilder tenant(String tenant) {
    return set(AuditField.TENANT, tenant);
  }

  /** Sets the id a captured result is found under. */
  public AuditEventBuilder eventId(String eventId) {
    return set(AuditField.EVENT_ID, eventId);
  }

  /** Sets the hash of the upstream's answer, lower-case hex. */
  public AuditEventBuilder resultSha256(String resultSha256) {
    return set(AuditField.RESULT_SHA256, resultSha256);
  }

  /** Sets the size of the upstream's answer in bytes. */
  public AuditEventBuilder resultBytes(long resultBytes) {
    return set(AuditField.RESULT_BYTES, resultBytes);
  }

  /** Sets whether the upstream's answer was kept. */
  public AuditEventBuilder resultStored(boolean resultStored) {
    return set(AuditField.RESULT_STORED, resultStored);
  }

  /** Sets the policy bundle that decided, or that a proof event speaks of. */
  public AuditEventBuilder bundleId(String bundleId) {
    return set(AuditField.BUNDLE_ID, bundleId);
  }

  /** Sets that bundle's digest, or its revision. */
  public AuditEventBuilder bundleDigest(String bundleDigest) {
    return set(AuditField.BUNDLE_DIGEST, bundleDigest);
  }

  /** Sets the agent that called. */
  public AuditEventBuilder agentId(String agentId) {
    return set(AuditField.AGENT_ID, agentId);
  }

  /** Sets the MCP session or task the call belongs to (B32). */
  public AuditEventBuilder sessionId(String sessionId) {
    return set(AuditField.SESSION_ID, sessionId);
  }

  /** Sets the tool called, or the name of an operator's action. */
  public AuditEventBuilder tool(String tool) {
    return set(AuditField.TOOL, tool);
  }

  /** Sets the names of the arguments, in the order of the request. */
  public AuditEventBuilder argKeys(List<String> argKeys) {
    return set(AuditField.ARG_KEYS, argKeys);
  }

  /** Sets the names of the arguments to those of an object, of which no value is kept. */
  public AuditEventBuilder argKeysOf(JsonObject arguments) {
    return put(AuditField.ARG_KEYS, arguments.names());
  }

  /** Sets the arguments, as far as {@link ArgValues} keeps them. */
  public AuditEventBuilder argValues(JsonObject argValues) {
    return set(AuditField.ARG_VALUES, argValues);
  }

  /** Sets the jti of the verified token. */
  public AuditEventBuilder capabilityTokenId(String capabilityTokenId) {
    return set(AuditField.CAPABILITY_TOKEN_ID, capabilityTokenId);
  }

  /** Sets the jti of the token it descends from. */
  public AuditEventBuilder rootCapabilityTokenId(String rootCapabilityTokenId) {
    return set(AuditField.ROOT_CAPABILITY_TOKEN_ID, rootCapabilityTokenId);
  }

  /** Sets how many caveats the token carries. */
  public AuditEventBuilder caveatCount(long caveatCount) {
    return set(AuditField.CAVEAT_COUNT, caveatCount);
  }

  /** Sets the approval this call waits or waited for. */
  public AuditEventBuilder pendingId(String pendingId) {
    return set(AuditField.PENDING_ID, pendingId);
  }

  /** Sets who decided that approval, as they wrote it. */
  public AuditEventBuilder decidedBy(String decidedBy) {
    return set(AuditField.DECIDED_BY, decidedBy);
  }

  /** Sets what the agent wants, in the extractor's words. */
  public AuditEventBuilder intentSummary(String intentSummary) {
    return set(AuditField.INTENT_SUMMARY, intentSummary);
  }

  /** Sets milliseconds from the call's arrival to this event. */
  public AuditEventBuilder latencyMs(long latencyMs) {
    return set(AuditField.LATENCY_MS, latencyMs);
  }

  /** Sets the caller's address and port. */
  public AuditEventBuilder remoteIp(String remoteIp) {
    return set(AuditField.REMOTE_IP, remoteIp);
  }

  /** Sets the HTTP status the upstream answered with. */
  public AuditEventBuilder upstreamStatus(long upstreamStatus) {
    return set(AuditField.UPSTREAM_STATUS, upstreamStatus);
  }

  /** Sets whether the policy asked for a step-up. */
  public AuditEventBuilder requiresStepUp(boolean requiresStepUp) {
    return set(AuditField.REQUIRES_STEP_UP, requiresStepUp);
  }

  /** Sets the just-in-time elevation an operator acted under. */
  public AuditEventBuilder elevationId(String elevationId) {
    return set(AuditField.ELEVATION_ID, elevationId);
  }

  /** Sets what all events of one call share. */
  public AuditEventBuilder callId(String callId) {
    return set(AuditField.CALL_ID, callId);
  }

  /** Sets whether this is a call's decision or its outcome. */
  public AuditEventBuilder phase(AuditPhase phase) {
    return set(AuditField.PHASE, phase.wireName());
  }

  /** Sets the hash of the policy that decided, or would have (B25). */
  public AuditEventBuilder policySha256(String policySha256) {
    return set(AuditField.POLICY_SHA256, policySha256);
  }

  /** Sets the reason the policy's rule gave (B25). */
  public AuditEventBuilder ruleReason(String ruleReason) {
    return set(AuditField.RULE_REASON, ruleReason);
  }

  /** Sets the token's chain id (B11). */
  public AuditEventBuilder chainId(String chainId) {
    return set(AuditField.CHAIN_ID, chainId);
  }

  /** Sets the authenticated operator. */
  public AuditEventBuilder principal(String principal) {
    return set(AuditField.PRINCIPAL, principal);
  }

  /** Sets the name an operator gave. */
  public AuditEventBuilder actor(String actor) {
    return set(AuditField.ACTOR, actor);
  }

  /** Sets the zone of the verified token. */
  public AuditEventBuilder zone(String zone) {
    return set(AuditField.ZONE, zone);
  }

  /** Sets when this gate saw the step-up, in seconds since 1970. */
  public AuditEventBuilder stepUpAt(long stepUpAt) {
    return set(AuditField.STEP_UP_AT, stepUpAt);
  }

  /** Sets the user the agent acts for, from a verified on-behalf-of token. */
  public AuditEventBuilder userSubject(String userSubject) {
    return set(AuditField.USER_SUBJECT, userSubject);
  }

  /** Sets that user's attributes. */
  public AuditEventBuilder userAttrs(JsonObject userAttrs) {
    return set(AuditField.USER_ATTRS, userAttrs);
  }

  /** Sets the tools the intent allows. */
  public AuditEventBuilder intentAllowed(List<String> intentAllowed) {
    return set(AuditField.INTENT_ALLOWED, intentAllowed);
  }

  /** Sets the tools the intent forbids. */
  public AuditEventBuilder intentForbidden(List<String> intentForbidden) {
    return set(AuditField.INTENT_FORBIDDEN, intentForbidden);
  }

  /** Sets the agent called, when agents call each other. */
  public AuditEventBuilder calleeAgent(String calleeAgent) {
    return set(AuditField.CALLEE_AGENT, calleeAgent);
  }

  /** Sets that agent's zone. */
  public AuditEventBuilder calleeZone(String calleeZone) {
    return set(AuditField.CALLEE_ZONE, calleeZone);
  }

  /** Sets the hash of the canonical arguments. */
  public AuditEventBuilder argumentsSha256(String argumentsSha256) {
    return set(AuditField.ARGUMENTS_SHA256, argumentsSha256);
  }

  /** Sets the JSON-RPC error code the caller got. */
  public AuditEventBuilder errorCode(long errorCode) {
    return set(AuditField.ERROR_CODE, errorCode);
  }

  /**
   * Sets a member by its field, as it stands in a stored event: no time is cut, any schema version
   * is taken. For what reads events back.
   *
   * @throws IllegalArgumentException when the value is not of the field's kind, or the field is one
   *     the store sets
   */
  public AuditEventBuilder stored(AuditField field, Object value) {
    boolean fits =
        switch (field.kind()) {
          case TIME -> value instanceof Instant;
          case TEXT -> value instanceof String;
          case INT -> value instanceof Long;
          case FLAG -> value instanceof Boolean;
          case TEXTS -> value instanceof List<?> l && l.stream().allMatch(String.class::isInstance);
          case OBJECT -> value instanceof JsonObject;
        };
    if (!fits || field.isSetByStore()) {
      throw new IllegalArgumentException("not a value of " + field.wireName());
    }
    return set(field, value);
  }

  private AuditEventBuilder set(AuditField field, Object value) {
    return put(field, value instanceof List<?> l ? List.copyOf(l) : value);
  }

  /** Sets a member to a value that nobody changes. */
  private AuditEventBuilder put(AuditField field, Object value) {
    if (shared) {
      values = values.copy();
      shared = false;
    }
    if (isZero(value)) {
      values.remove(field);
    } else {
      values.put(field, value);
    }
    return this;
  }

  private static boolean isZero(Object value) {
    return (value instanceof String s && s.isEmpty())
        || (value instanceof Long n && n == 0)
        || (value instanceof Boolean b && !b)
        || (value instanceof List<?> l && l.isEmpty())
        || (value instanceof JsonObject o && o.isEmpty());
  }

  /**
   * The event.
   *
   * @throws IllegalStateException when {@code at} or {@code decision} was not set
   */
  public AuditEvent build() {
    if (values.get(AuditField.TS) == null || values.get(AuditField.DECISION) == null) {
      throw new IllegalStateException("an audit event needs at least at(..) and decision(..)");
    }
    shared = true;
    return new AuditEvent(values);
  }
}
