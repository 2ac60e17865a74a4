package app.intentgate;

import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.ArgValues;
import app.intentgate.audit.AuditStore;
import app.intentgate.budget.BudgetStore;
import app.intentgate.check.CheckObserver;
import app.intentgate.check.CostSource;
import app.intentgate.check.RiskSource;
import app.intentgate.check.ToolGuard;
import app.intentgate.check.run.ApprovalDesk;
import app.intentgate.check.run.ApprovalWaits;
import app.intentgate.check.run.BudgetCheck;
import app.intentgate.check.run.CapabilityCheck;
import app.intentgate.check.run.CheckPipeline;
import app.intentgate.check.run.IntentCheck;
import app.intentgate.check.run.PolicyCheck;
import app.intentgate.intent.IntentExtractor;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryBudgetStore;
import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.memory.MemoryRevocationStore;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.token.KeyRing;
import app.intentgate.token.MasterKey;
import app.intentgate.token.OnBehalfOf;
import app.intentgate.token.TokenIds;
import app.intentgate.token.TokenMinter;
import app.intentgate.token.TokenVerifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Builds a gate. What is not set has a safe default: a new random key, the built-in policy, every
 * store in memory, the system's clock, and a token required of every call. Of two calls of one
 * method the last counts. Not thread-safe; build one gate with each, since those built with one
 * share its stores in memory and not its key.
 */
public final class IntentGateBuilder {
  private @Nullable KeyRing keys;
  private @Nullable ActivePolicies policies;
  private @Nullable AuditStore audit;
  private RevocationStore revocations = new MemoryRevocationStore();
  private KillSwitchStore killSwitches = new MemoryKillSwitchStore();
  private BudgetStore budgets = new MemoryBudgetStore();
  private @Nullable ApprovalStore approvals = new MemoryApprovalStore();
  private Duration approvalWindow = Duration.ofDays(1);
  private boolean expireApprovals = true;
  private @Nullable IntentExtractor extractor;
  private double minConfidence;
  private boolean requireToken = true;
  private boolean requireIntent;
  private boolean requireBudget;
  private boolean onlyObserve;
  private @Nullable OnBehalfOf onBehalfOf;
  private ArgValues argValues = ArgValues.OFF;
  private CostSource costs = CostSource.UNKNOWN;
  private RiskSource risks = RiskSource.UNKNOWN;
  private boolean ignoreUnenforceable;
  private ToolGuard tools = ToolGuard.NONE;
  private String agentToolPrefix = "agent:";
  private Executor executor = GateThreads.SHARED;
  private CheckObserver observer = CheckObserver.NONE;
  private Clock clock = Clock.systemUTC();
  private SecureRandom random = new SecureRandom();

  IntentGateBuilder() {}

  /**
   * Sets the keys that sign and verify tokens; a new one unless set, so that no token outlives the
   * gate.
   */
  public IntentGateBuilder keys(KeyRing ring) {
    this.keys = ring;
    return this;
  }

  /**
   * Sets the policy of every tenant; {@linkplain
   * app.intentgate.policy.BuiltInPolicies#defaultPolicy the built-in one} unless set. Of this and
   * {@link #policies} the last call counts.
   */
  public IntentGateBuilder policy(PolicyEngine engine) {
    return policies(new ActivePolicies(engine));
  }

  /**
   * Sets the policies by tenant; they may be swapped while the gate runs, as {@link
   * app.intentgate.policy.lifecycle.PolicyService} does. Of this and {@link #policy} the last call
   * counts.
   */
  public IntentGateBuilder policies(ActivePolicies active) {
    this.policies = active;
    return this;
  }

  /**
   * Sets where decisions are recorded; the newest events in memory unless set. The gate closes it
   * with itself. A call whose decision it does not take is not decided (B59).
   */
  public IntentGateBuilder audit(AuditStore store) {
    this.audit = store;
    return this;
  }

  /** Sets where revoked tokens are kept; in memory unless set. Not closed with the gate. */
  public IntentGateBuilder revocations(RevocationStore store) {
    this.revocations = store;
    return this;
  }

  /** Sets where kill switches are kept; in memory unless set. Not closed with the gate. */
  public IntentGateBuilder killSwitches(KillSwitchStore store) {
    this.killSwitches = store;
    return this;
  }

  /** Sets where budgets are counted; in memory unless set. Not closed with the gate. */
  public IntentGateBuilder budgets(BudgetStore store) {
    this.budgets = store;
    return this;
  }

  /**
   * Sets where escalated calls wait; in memory unless set, and null refuses every call a policy
   * escalates. Not closed with the gate.
   */
  public IntentGateBuilder approvals(@Nullable ApprovalStore store) {
    this.approvals = store;
    return this;
  }

  /**
   * Sets how long an escalated call can be decided; a day unless set.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public IntentGateBuilder approvalWindow(Duration window) {
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("approvalWindow must be positive, is " + window);
    }
    this.approvalWindow = window;
    return this;
  }

  /**
   * Sets whether the gate marks the calls that nobody decided about in time, every second while
   * some wait, on a daemon thread that ends a minute or so after the last of them; true unless set.
   * With false {@link ApprovalActions#expire} is yours to call. It frees places and tells
   * listeners: no call is decided or let through late either way.
   */
  public IntentGateBuilder expireApprovals(boolean expire) {
    this.expireApprovals = expire;
    return this;
  }

  /**
   * Sets what turns prompts into intents. None unless set, and then prompts are ignored: neither
   * the intent check nor the policy sees them. The gate remembers up to 10,000 of its answers for
   * ten minutes, per tenant, agent and prompt. One that fails, or names no tool, refuses the call.
   */
  public IntentGateBuilder intentExtractor(@Nullable IntentExtractor newExtractor) {
    this.extractor = newExtractor;
    return this;
  }

  /**
   * Sets the confidence below which an intent is refused; 0 unless set, which takes any.
   *
   * @throws IllegalArgumentException when it is not 0 to 1
   */
  public IntentGateBuilder minIntentConfidence(double confidence) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("minIntentConfidence is 0 to 1, is " + confidence);
    }
    this.minConfidence = confidence;
    return this;
  }

  /**
   * Sets whether every call needs a token; true unless set. Where it does not, a call without one
   * still meets the policy and the global kill switch; no caveat and no budget restricts it.
   */
  public IntentGateBuilder requireToken(boolean required) {
    this.requireToken = required;
    return this;
  }

  /**
   * Sets whether every call needs the user's words; false unless set. Without an {@link
   * #intentExtractor} it refuses every call.
   */
  public IntentGateBuilder requireIntent(boolean required) {
    this.requireIntent = required;
    return this;
  }

  /**
   * Sets whether a call without a token is refused by the budget check; false unless set. It says
   * nothing of calls with a token that has no limits.
   */
  public IntentGateBuilder requireBudget(boolean required) {
    this.requireBudget = required;
    return this;
  }

  /**
   * Sets whether refusals are only recorded, for a first roll-out: the call goes on, and its event
   * says what would have become of it, its reason starting with {@code observe: }. A caller that
   * does not prove who it is, an expired or revoked token and a kill switch still refuse. False
   * unless set.
   */
  public IntentGateBuilder onlyObserve(boolean only) {
    this.onlyObserve = only;
    return this;
  }

  /**
   * Sets the key that verifies on-behalf-of tokens: its characters as UTF-8, not decoded as base64.
   * None unless set, and then a call with such a token is refused.
   *
   * @throws app.intentgate.token.TokenException with {@code INVALID_KEY} when it is empty
   */
  public IntentGateBuilder onBehalfOfKey(@Nullable String key) {
    this.onBehalfOf = key == null ? null : OnBehalfOf.withKey(key);
    return this;
  }

  /**
   * Sets how much of a call's arguments the audit log keeps; their names alone unless set. The row
   * of a call that waits for a human always holds them all.
   */
  public IntentGateBuilder argValues(ArgValues mode) {
    this.argValues = mode;
    return this;
  }

  /**
   * Sets what calls cost where the policy's {@code cost_cents} does not say. Nothing is known
   * unless set: a call whose token limits its costs is then refused.
   */
  public IntentGateBuilder costs(CostSource source) {
    this.costs = source;
    return this;
  }

  /**
   * Sets how risky callers are. Nothing is known unless set: a call whose token has a ceiling of
   * risk is then refused.
   */
  public IntentGateBuilder risks(RiskSource source) {
    this.risks = source;
    return this;
  }

  /**
   * Sets whether caveats that cannot be enforced, because no cost or no risk is known, are passed
   * over instead of refusing the call (B8); false unless set.
   */
  public IntentGateBuilder ignoreUnenforceableCaveats(boolean ignore) {
    this.ignoreUnenforceable = ignore;
    return this;
  }

  /**
   * Sets what the names of tools that are other agents start with; {@code agent:} unless set. Empty
   * means that no tool is one, and caveats about callees restrict nothing.
   */
  public IntentGateBuilder agentToolPrefix(String prefix) {
    this.agentToolPrefix = prefix;
    return this;
  }

  /**
   * Sets what objects to tools that are not what was agreed to; nothing unless set. Asked on every
   * call, between intent and policy.
   */
  public IntentGateBuilder toolGuard(ToolGuard guard) {
    this.tools = guard;
    return this;
  }

  /**
   * Sets where calls go on that waited for a human; two daemon threads, which all gates of this JVM
   * share, unless set. Not closed with the gate.
   */
  public IntentGateBuilder executor(Executor newExecutor) {
    this.executor = newExecutor;
    return this;
  }

  /** Sets who hears of every check that ran; nobody unless set. */
  public IntentGateBuilder checkObserver(CheckObserver newObserver) {
    this.observer = newObserver;
    return this;
  }

  /**
   * Sets the clock by which tokens expire, rates are counted, approvals run out and events are
   * dated; the system's unless set. How long something took is measured without it, and stores that
   * need the time are given a clock of their own.
   */
  public IntentGateBuilder clock(Clock newClock) {
    this.clock = newClock;
    return this;
  }

  /** Sets the source of randomness for ids and keys; a new one unless set. */
  public IntentGateBuilder random(SecureRandom source) {
    this.random = source;
    return this;
  }

  /** The gate, ready to judge. */
  public IntentGate build() {
    KeyRing ring = keys != null ? keys : KeyRing.of(MasterKey.generate(random));
    ActivePolicies active =
        policies != null
            ? policies
            : new ActivePolicies(BuiltInPolicies.defaultPolicy(RegoPolicyEngine.DEFAULT_DEADLINE));
    AuditStore log = audit != null ? audit : new MemoryAuditStore();
    TokenIds ids = new TokenIds(clock, random);
    TokenVerifier verifier = TokenVerifier.of(ring);
    CapabilityCheck capability =
        new CapabilityCheck(
            verifier,
            revocations,
            killSwitches,
            risks,
            new CapabilityCheck.Settings(
                requireToken, ignoreUnenforceable, agentToolPrefix, onBehalfOf));
    CheckPipeline pipeline =
        new CheckPipeline(
            capability,
            new IntentCheck(extractor, requireIntent, minConfidence),
            tools,
            new PolicyCheck(active),
            new ApprovalDesk(approvals, ids::next, clock, approvalWindow),
            new BudgetCheck(budgets, costs, requireBudget, ignoreUnenforceable),
            observer,
            onlyObserve,
            clock);
    return new IntentGate(
        new GateParts(
            capability,
            pipeline,
            new CallRecorder(argValues),
            new OperatorActions(
                TokenMinter.of(ring, clock, ids), verifier, revocations, killSwitches, log, clock),
            approvals == null ? null : new ApprovalActions(approvals, log, clock),
            approvals == null
                ? null
                : new ApprovalWaits(approvals, clock, executor, expireApprovals),
            new GateStores(log, revocations, killSwitches, budgets, approvals),
            active,
            onlyObserve,
            ids,
            clock));
  }
}
