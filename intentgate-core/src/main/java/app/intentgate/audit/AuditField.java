package app.intentgate.audit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of an audit event, in the order the wire JSON has them (runtime contract 5.1, then
 * ours). This one table says what is written, read, hashed, exported and stored; nothing else lists
 * the members.
 */
public enum AuditField {
  /** When the event was made, in UTC; cut to microseconds for events of ours. */
  TS("ts", Kind.TIME, true),

  /** What kind of event this is; see {@link AuditEventNames}. */
  EVENT("event", Kind.TEXT, true),

  /** The rule the event is hashed by: {@code "8"} for ours. */
  SCHEMA_VERSION("schema_version", Kind.TEXT, true),

  /** What was decided. */
  DECISION("decision", Kind.TEXT, true),

  /** The check or stage that decided; empty on an allow. */
  CHECK("check", Kind.TEXT),

  /** Why, as the agent was told. */
  REASON("reason", Kind.TEXT),

  /** A sentence for people that some sinks add; never hashed, never stored. */
  SUMMARY("summary", Kind.TEXT),

  /** The tenant, from a verified token or the operator's scope; empty when unknown. */
  TENANT("tenant", Kind.TEXT),

  /** The id a captured result is found under. */
  EVENT_ID("event_id", Kind.TEXT),

  /** The hash of the upstream's answer, lower-case hex. */
  RESULT_SHA256("result_sha256", Kind.TEXT),

  /** The size of the upstream's answer in bytes. */
  RESULT_BYTES("result_bytes", Kind.INT),

  /** Whether the upstream's answer was kept. */
  RESULT_STORED("result_stored", Kind.FLAG),

  /** The policy bundle that decided, or that a proof event speaks of. */
  BUNDLE_ID("bundle_id", Kind.TEXT),

  /** That bundle's digest, or its revision. */
  BUNDLE_DIGEST("bundle_digest", Kind.TEXT),

  /** The agent that called. */
  AGENT_ID("agent_id", Kind.TEXT),

  /** The MCP session or task the call belongs to (B32). */
  SESSION_ID("session_id", Kind.TEXT),

  /** The tool called, or the name of an operator's action. */
  TOOL("tool", Kind.TEXT, true),

  /** The names of the arguments, in the order of the request. */
  ARG_KEYS("arg_keys", Kind.TEXTS),

  /** The arguments, as far as {@link ArgValues} keeps them. */
  ARG_VALUES("arg_values", Kind.OBJECT),

  /** The jti of the verified token. */
  CAPABILITY_TOKEN_ID("capability_token_id", Kind.TEXT),

  /** The jti of the token it descends from. */
  ROOT_CAPABILITY_TOKEN_ID("root_capability_token_id", Kind.TEXT),

  /** How many caveats the token carries. */
  CAVEAT_COUNT("caveat_count", Kind.INT),

  /** The approval this call waits or waited for. */
  PENDING_ID("pending_id", Kind.TEXT),

  /** Who decided that approval, as they wrote it. */
  DECIDED_BY("decided_by", Kind.TEXT),

  /** What the agent wants, in the extractor's words. */
  INTENT_SUMMARY("intent_summary", Kind.TEXT),

  /** Milliseconds from the call's arrival to this event. */
  LATENCY_MS("latency_ms", Kind.INT, true),

  /** The caller's address and port. */
  REMOTE_IP("remote_ip", Kind.TEXT),

  /** The HTTP status the upstream answered with; 0 when none came. */
  UPSTREAM_STATUS("upstream_status", Kind.INT),

  /** Whether the policy asked for a step-up. */
  REQUIRES_STEP_UP("requires_step_up", Kind.FLAG),

  /** The just-in-time elevation an operator acted under. */
  ELEVATION_ID("elevation_id", Kind.TEXT),

  /** What all events of one call share. */
  CALL_ID("call_id", Kind.TEXT),

  /** The event's number in its chain, from 1. */
  SEQ("seq", Kind.INT),

  /** Whether this is the call's decision or its outcome; null for other events. */
  PHASE("phase", Kind.TEXT),

  /** The hash of the policy that decided, or would have (B25). */
  POLICY_SHA256("policy_sha256", Kind.TEXT),

  /** The reason the policy's rule gave (B25). */
  RULE_REASON("rule_reason", Kind.TEXT),

  /** The token's chain id (B11). */
  CHAIN_ID("chain_id", Kind.TEXT),

  /** The authenticated operator. */
  PRINCIPAL("principal", Kind.TEXT),

  /** The name an operator gave; nobody checked it. */
  ACTOR("actor", Kind.TEXT),

  /** The zone of the verified token. */
  ZONE("zone", Kind.TEXT),

  /** When this gate saw the step-up, in seconds since 1970; 0 when it saw none (B9). */
  STEP_UP_AT("step_up_at", Kind.INT),

  /** The user the agent acts for, from a verified on-behalf-of token. */
  USER_SUBJECT("user_subject", Kind.TEXT),

  /** That user's attributes. */
  USER_ATTRS("user_attrs", Kind.OBJECT),

  /** The tools the intent allows. */
  INTENT_ALLOWED("intent_allowed", Kind.TEXTS),

  /** The tools the intent forbids. */
  INTENT_FORBIDDEN("intent_forbidden", Kind.TEXTS),

  /** The agent called, when agents call each other. */
  CALLEE_AGENT("callee_agent", Kind.TEXT),

  /** That agent's zone. */
  CALLEE_ZONE("callee_zone", Kind.TEXT),

  /** The hash of the canonical arguments. */
  ARGUMENTS_SHA256("arguments_sha256", Kind.TEXT),

  /** The JSON-RPC error code the caller got; 0 when none. */
  ERROR_CODE("error_code", Kind.INT),

  /** The hash of the event before it in its chain; empty on the first. */
  PREV_HASH("prev_hash", Kind.TEXT),

  /** The event's own hash, lower-case hex. */
  HASH("hash", Kind.TEXT);

  /** What a member's value looks like, on the wire and in Java. */
  public enum Kind {
    /** An RFC 3339 time; {@link java.time.Instant}. */
    TIME,
    /** A string; absent when empty. */
    TEXT,
    /** A whole number, {@link Long}; absent when 0. */
    INT,
    /** True or false, {@link Boolean}; absent when false. */
    FLAG,
    /** A list of strings; absent when empty. */
    TEXTS,
    /** A JSON object; absent when empty. */
    OBJECT
  }

  private static final Map<String, AuditField> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(AuditField::wireName, Function.identity()));

  private static final List<AuditField> HASHED_7 =
      List.of(
          TS,
          EVENT,
          SCHEMA_VERSION,
          DECISION,
          CHECK,
          REASON,
          TENANT,
          AGENT_ID,
          SESSION_ID,
          TOOL,
          ARG_KEYS,
          CAPABILITY_TOKEN_ID,
          ROOT_CAPABILITY_TOKEN_ID,
          CAVEAT_COUNT,
          PENDING_ID,
          DECIDED_BY,
          INTENT_SUMMARY,
          LATENCY_MS,
          REMOTE_IP,
          UPSTREAM_STATUS,
          REQUIRES_STEP_UP,
          ELEVATION_ID,
          BUNDLE_ID,
          BUNDLE_DIGEST);

  private static final List<AuditField> HASHED_8 =
      Stream.concat(
              HASHED_7.stream(),
              Stream.of(
                  EVENT_ID,
                  RESULT_SHA256,
                  RESULT_BYTES,
                  RESULT_STORED,
                  ARG_VALUES,
                  CALL_ID,
                  SEQ,
                  PHASE,
                  POLICY_SHA256,
                  RULE_REASON,
                  CHAIN_ID,
                  PRINCIPAL,
                  ACTOR,
                  ZONE,
                  STEP_UP_AT,
                  USER_SUBJECT,
                  USER_ATTRS,
                  INTENT_ALLOWED,
                  INTENT_FORBIDDEN,
                  CALLEE_AGENT,
                  CALLEE_ZONE,
                  ARGUMENTS_SHA256,
                  ERROR_CODE))
          .toList();

  private final String wireName;
  private final Kind kind;
  private final boolean always;

  AuditField(String wireName, Kind kind) {
    this(wireName, kind, false);
  }

  AuditField(String wireName, Kind kind, boolean always) {
    this.wireName = wireName;
    this.kind = kind;
    this.always = always;
  }

  /** The member's name in JSON. */
  public String wireName() {
    return wireName;
  }

  /** What its value looks like. */
  public Kind kind() {
    return kind;
  }

  /** Whether it is written even when it is zero. */
  public boolean isAlwaysWritten() {
    return always;
  }

  /** Whether the store sets it when it chains the event: sequence, previous hash, hash. */
  public boolean isSetByStore() {
    return this == SEQ || this == PREV_HASH || this == HASH;
  }

  /** The member of that name in JSON, or null. */
  public static @Nullable AuditField named(String wireName) {
    return BY_NAME.get(wireName);
  }

  /**
   * The members that are hashed, in the order of the canonical form: runtime contract 5.2 for
   * schema {@code "7"}, with every other stored member after those for {@code "8"} (B58).
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} for any other schema version
   */
  public static List<AuditField> hashed(String schemaVersion) {
    return switch (schemaVersion) {
      case AuditEvent.SCHEMA_7 -> HASHED_7;
      case AuditEvent.SCHEMA_8 -> HASHED_8;
      default ->
          throw new AuditException(
              AuditException.Code.UNREADABLE,
              "schema_version is neither \"7\" nor \"8\": no known rule hashes this event");
    };
  }
}
