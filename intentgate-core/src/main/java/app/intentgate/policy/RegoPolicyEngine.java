package app.intentgate.policy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.spi.EvalLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A policy in Rego: what {@code data.intentgate.policy.decision} says. Evaluation is bounded in
 * time, steps and memory (B22); a bound that is reached refuses the call. Immutable and
 * thread-safe.
 *
 * <p>The members of {@code input}; those that would be empty are left out:
 *
 * <ul>
 *   <li>{@code tool}: the tool's name
 *   <li>{@code args}: the arguments, numbers exactly as the agent wrote them
 *   <li>{@code agent_id}: the verified token's subject
 *   <li>{@code session_id}: the agent's session or task
 *   <li>{@code intent}: {@code summary}, {@code allowed_tools}, {@code forbidden_tools} and {@code
 *       confidence}; only where a prompt was turned into one
 *   <li>{@code capability}: the verified token's {@code subject}, {@code tenant} and {@code zone},
 *       and {@code step_up_at} in seconds since 1970 where a gate proved it; absent without a token
 *   <li>{@code user}: {@code subject} and {@code attrs} of the person behind the agent, from a
 *       verified on-behalf-of token
 * </ul>
 *
 * <p>The members of the decision. No decision, one that is no object, or one without a boolean
 * {@code allow} refuses the call:
 *
 * <ul>
 *   <li>{@code allow}, a boolean that must be there: whether the call may go on
 *   <li>{@code escalate}, a boolean: a human must agree first; wins over {@code allow}
 *   <li>{@code reason}, a text: shown to the agent on a refusal, recorded always
 *   <li>{@code requires_step_up}, a boolean: recorded with the call and its approval
 *   <li>{@code approval}, an object with {@code by}, {@code quorum} and {@code standing}, and
 *       {@code approvals}, a whole number: who has to agree where it escalates, see {@link
 *       app.intentgate.approval.ApprovalTerms}
 *   <li>{@code cost_cents}, a whole number from 0: what the call costs, for tokens with a limit on
 *       that
 * </ul>
 *
 * <p>A member of another type than these counts as absent, but for {@code approval}, {@code
 * approvals} and {@code cost_cents}, which then refuse the call; so does a {@code pii_filter} that
 * is enabled, which this library does not have.
 */
public final class RegoPolicyEngine implements PolicyEngine {
  /** The query every policy answers. */
  public static final String QUERY = "data.intentgate.policy.decision";

  /** How long an evaluation may take unless told otherwise (B22). */
  public static final Duration DEFAULT_DEADLINE = Duration.ofMillis(50);

  /** The largest source accepted, in bytes. */
  public static final int MAX_SOURCE_BYTES = 1 << 20;

  private static final Set<JsonValue> KNOWN_AHEAD =
      Set.of(JsonString.of("tool"), JsonString.of("capability"), JsonString.of("agent_id"));

  private final PreparedQuery query;
  private final EvalOptions options;
  private final String sha256;
  private final String label;

  private RegoPolicyEngine(PreparedQuery query, EvalOptions options, String sha256, String label) {
    this.query = query;
    this.options = options;
    this.sha256 = sha256;
    this.label = label;
  }

  /**
   * Compiles a policy with the default deadline.
   *
   * @param file the name errors carry
   * @param source one Rego module
   * @param label where it comes from, for operators
   * @throws RegoCompileException with every error, when it does not compile
   */
  public static RegoPolicyEngine compile(String file, String source, String label) {
    return compile(file, source, label, DEFAULT_DEADLINE);
  }

  /**
   * Compiles a policy.
   *
   * @param deadline how long one evaluation may take
   * @throws RegoCompileException with every error, when it does not compile
   * @throws IllegalArgumentException when the source is larger than {@link #MAX_SOURCE_BYTES}
   */
  public static RegoPolicyEngine compile(
      String file, String source, String label, Duration deadline) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_SOURCE_BYTES) {
      throw new IllegalArgumentException(
          file + ": policy source is larger than " + MAX_SOURCE_BYTES + " bytes");
    }
    return of(RegoPolicy.builder().module(file, source).compile(), sha256(bytes), label, deadline);
  }

  /**
   * An engine over a compiled policy, which may hold several modules and data.
   *
   * @param sha256 the hash that decisions are recorded with
   */
  public static RegoPolicyEngine of(
      RegoPolicy policy, String sha256, String label, Duration deadline) {
    EvalOptions options =
        EvalOptions.builder().limits(EvalLimits.ofDefaults().withDeadline(deadline)).build();
    return new RegoPolicyEngine(policy.prepare(QUERY), options, sha256, label);
  }

  @Override
  public PolicyDecision evaluate(JsonObject input) {
    return evaluate(input, options);
  }

  @Override
  public PolicyDecision evaluateAt(JsonObject input, Instant at) {
    return evaluate(input, options.toBuilder().clockAt(at).build());
  }

  private PolicyDecision evaluate(JsonObject input, EvalOptions with) {
    JsonValue decision;
    try {
      decision = query.value(input, with);
    } catch (RegoEvalException e) {
      throw new PolicyException("policy: eval: " + e.error(), e);
    }
    return PolicyDecision.of(decision);
  }

  @Override
  public boolean refusesWhatever(JsonObject input) {
    AtomicBoolean lookedElsewhere = new AtomicBoolean();
    EvalOptions watched =
        options.toBuilder()
            .inputReads(
                path -> {
                  if (path.isEmpty() || !KNOWN_AHEAD.contains(path.get(0))) {
                    lookedElsewhere.set(true);
                  }
                })
            .build();
    try {
      PolicyDecision decision = PolicyDecision.of(query.value(input, watched));
      return !decision.allow() && !decision.escalate() && !lookedElsewhere.get();
    } catch (RegoEvalException | PolicyException e) {
      return false;
    }
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public String label() {
    return label;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
