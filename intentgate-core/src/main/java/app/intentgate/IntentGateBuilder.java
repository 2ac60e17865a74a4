package app.intentgate;

import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.ArgValues;
import app.intentgate.audit.AuditStore;
import app.intentgate.budget.BudgetStore;
import app.intentgate.check.ApprovalDesk;
import app.intentgate.check.ApprovalWaits;
import app.intentgate.check.BudgetCheck;
import app.intentgate.check.CapabilityCheck;
import app.intentgate.check.CheckObserver;
import app.intentgate.check.CheckPipeline;
import app.intentgate.check.CostSource;
import app.intentgate.check.IntentCheck;
import app.intentgate.check.PolicyCheck;
import app.intentgate.check.RiskSource;
import app.intentgate.check.ToolGuard;
import app.intentgate.intent.CachingExtractor;
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
 * store in memory, the system's clock, and a token required of every call. Not thread-safe.
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

  /** Sets the keys that sign and verify tokens; without it, a new key that dies with the gate. */
  public IntentGateBuilder keys(KeyRing ring) {
    this.keys = ring;
    return this;
  }

  /** Sets the policy of every tenant. */
  public IntentGateBuilder policy(PolicyEngine engine) {
    return policies(new ActivePolicies(engine));
  }

  /** Sets the policies by tenant; they may be swapped while the gate runs. */
  public IntentGateBuilder policies(ActivePolicies active) {
    this.policies = active;
    return this;
  }

  /** Sets where decisions are recorded; the gate closes it with itself. */
  public IntentGateBuilder audit(AuditStore store) {
    this.audit = store;
    return this;
  }

  /** Sets where revoked tokens are kept. */
  public IntentGateBuilder revocations(RevocationStore store) {
    this.revocations = store;
    return this;
  }

  /** Sets where kill switches are kept. */
  public IntentGateBuilder killSwitches(KillSwitchStore store) {
    this.killSwitches = store;
    return this;
  }

  /** Sets where budgets are counted. */
  public IntentGateBuilder budgets(BudgetStore store) {
    this.budgets = store;
    return this;
  }

  /** Sets where escalated calls wait; null refuses every call a policy escalates. */
  public IntentGateBuilder approvals(@Nullable ApprovalStore store) {
    this.approvals = store;
    return this;
  }

  /** Sets how long an escalated call can be decided; a day unless set. */
  public IntentGateBuilder approvalWindow(Duration window) {
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("approvalWindow must be positive, is " + window);
    }
    this.approvalWindow = window;
    return this;
  }

  /** Sets what turns prompts into intents; its answers are remembered per tenant and agent. */
  public IntentGateBuilder intentExtractor(@Nullable IntentExtractor newExtractor) {
    this.extractor = newExtractor;
    return this;
  }

  /** Sets the confidence below which an intent is refused, 0 to 1. */
  public IntentGateBuilder minIntentConfidence(double confidence) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("minIntentConfidence is 0 to 1, is " + confidence);
    }
    this.minConfidence = confidence;
    return this;
  }

  /** Sets whether every call needs a token; true unless set. */
  public IntentGateBuilder requireToken(boolean required) {
    this.requireToken = required;
    return this;
  }

  /** Sets whether every call needs the user's words; false unless set. */
  public IntentGateBuilder requireIntent(boolean required) {
    this.requireIntent = required;
    return this;
  }

  /** Sets whether a call without a token is refused by the budget check; false unless set. */
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

  /** Sets the key that verifies on-behalf-of tokens; without one such a token is refused. */
  public IntentGateBuilder onBehalfOfKey(@Nullable String key) {
    this.onBehalfOf = key == null ? null : OnBehalfOf.withKey(key);
    return this;
  }

  /** Sets how much of a call's arguments the audit log keeps; none unless set. */
  public IntentGateBuilder argValues(ArgValues mode) {
    this.argValues = mode;
    return this;
  }

  /** Sets what calls cost where the policy does not say. */
  public IntentGateBuilder costs(CostSource source) {
    this.costs = source;
    return this;
  }

  /** Sets how risky callers are. */
  public IntentGateBuilder risks(RiskSource source) {
    this.risks = source;
    return this;
  }

  /**
   * Sets whether caveats that cannot be enforced, because no cost or no risk is known, are passed
   * over instead of refusing the call (B8).
   */
  public IntentGateBuilder ignoreUnenforceableCaveats(boolean ignore) {
    this.ignoreUnenforceable = ignore;
    return this;
  }

  /** Sets what the names of tools that are other agents start with; {@code agent:} unless set. */
  public IntentGateBuilder agentToolPrefix(String prefix) {
    this.agentToolPrefix = prefix;
    return this;
  }

  /** Sets what objects to tools that are not what was agreed to; nothing unless set. */
  public IntentGateBuilder toolGuard(ToolGuard guard) {
    this.tools = guard;
    return this;
  }

  /** Sets where calls go on that waited for a human; two threads of the library unless set. */
  public IntentGateBuilder executor(Executor newExecutor) {
    this.executor = newExecutor;
    return this;
  }

  /** Sets who hears of every check that ran; nobody unless set. */
  public IntentGateBuilder checkObserver(CheckObserver newObserver) {
    this.observer = newObserver;
    return this;
  }

  /** Sets the clock. */
  public IntentGateBuilder clock(Clock newClock) {
    this.clock = newClock;
    return this;
  }

  /** Sets the source of randomness for ids and keys. */
  public IntentGateBuilder random(SecureRandom source) {
    this.random = source;
    return this;
  }

  /** The gate. */
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
            new IntentCheck(
                extractor == null ? null : new CachingExtractor(extractor),
                requireIntent,
                minConfidence),
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
            approvals == null ? null : new ApprovalWaits(approvals, clock, executor),
            new GateStores(log, revocations, killSwitches, budgets, approvals),
            active,
            onlyObserve,
            ids,
            clock));
  }
}
