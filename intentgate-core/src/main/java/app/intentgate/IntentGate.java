package app.intentgate;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditStore;
import app.intentgate.budget.BudgetStore;
import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.check.Judgement;
import app.intentgate.check.Outcome;
import app.intentgate.check.Patience;
import app.intentgate.check.Refusal;
import app.intentgate.check.run.ApprovalWaits;
import app.intentgate.check.run.CapabilityCheck;
import app.intentgate.check.run.CheckPipeline;
import app.intentgate.check.run.PolicyForesight;
import app.intentgate.operator.Operator;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.Stages;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.TokenIds;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Judges tool calls: capability, intent, policy and budget, in this order, and records every
 * decision before it is answered. Immutable in its configuration, thread-safe, and without a lock
 * that calls share; build one and keep it. Policies may change while it runs, see {@link
 * app.intentgate.policy.lifecycle.PolicyService}.
 *
 * <pre>{@code
 * IntentGate gate = IntentGate.builder().build();
 * CapabilityToken token = gate.mint(Grant.to("invoice-agent").tools("read_*"));
 * Decision decision = gate.authorize(ToolCall.of("read_invoice", Map.of("id", 7)).bearer(token));
 * Invoice invoice = decision.ifAllowed(() -> invoices.read(7)).orElseThrow();
 * }</pre>
 */
public final class IntentGate implements AutoCloseable {
  /** One for all calls, since nobody waits by it or can leave it. */
  private static final Patience NONE = Patience.none();

  private final CapabilityCheck capability;
  private final CheckPipeline pipeline;
  private final CallRecorder recorder;
  private final Outcomes outcomes;
  private final OperatorActions actions;
  private final @Nullable ApprovalActions approvalActions;
  private final @Nullable ApprovalWaits waits;
  private final AuditStore audit;
  private final GateStores stores;
  private final ActivePolicies policies;
  private final PolicyForesight foresight;
  private final boolean onlyObserves;
  private final TokenIds ids;
  private final Clock clock;

  IntentGate(GateParts parts) {
    this.capability = parts.capability();
    this.pipeline = parts.pipeline();
    this.recorder = parts.recorder();
    this.actions = parts.actions();
    this.approvalActions = parts.approvalActions();
    this.waits = parts.waits();
    this.stores = parts.stores();
    this.audit = parts.stores().audit();
    this.policies = parts.policies();
    this.foresight = new PolicyForesight(parts.policies(), System::nanoTime);
    this.onlyObserves = parts.onlyObserves();
    this.ids = parts.ids();
    this.clock = parts.clock();
    this.outcomes = new Outcomes(recorder, audit, ids, clock);
  }

  /** A builder: everything has a safe default, see {@link IntentGateBuilder}. */
  public static IntentGateBuilder builder() {
    return new IntentGateBuilder();
  }

  /**
   * Judges a call and waits for the decision to be durable. Blocks only as long as a collaborator
   * takes: not at all when everything is in memory.
   *
   * @throws AuditException when the decision cannot be stored: there is no decision then (B59)
   */
  public Decision authorize(ToolCall call) {
    return await(authorizeAsync(call));
  }

  /**
   * Judges a call, and answers one that needs a human's approval at once, see {@link
   * #authorizeAsync(ToolCall, Patience)}.
   *
   * @return the decision, once it is durable; fails with {@link AuditException} when it cannot be
   *     stored: there is no decision then (B59)
   */
  public CompletionStage<Decision> authorizeAsync(ToolCall call) {
    return authorizeAsync(call, NONE);
  }

  /**
   * Judges a call. The stage is complete at once when no collaborator has to be waited for, and
   * never blocks the thread that asks. Whatever goes wrong fails the stage; nothing is thrown.
   *
   * <p>What follows the stage may run on the thread that completes it. That may be the only one on
   * which the audit store tells that events are durable, and nothing is decided while it is held
   * up: never block there, and go on elsewhere ({@code thenApplyAsync} with an executor) where a
   * tool may take its time.
   *
   * <p>A call that needs a human's approval waits for it as long as its maker's patience lasts,
   * without a thread, and is then judged again: revocation, kill switch, expiry, policy and budget
   * (B15). When the patience ends first, the decision is {@link Decision.Escalate}, and the call
   * can be made again.
   *
   * @return the decision, once it is durable; fails with {@link AuditException} when it cannot be
   *     stored: there is no decision then (B59)
   */
  public CompletionStage<Decision> authorizeAsync(ToolCall call, Patience patience) {
    try {
      String before = call.continues();
      String callId = before == null ? ids.next() : before;
      Arrival arrival = new Arrival(call, callId, patience, System.nanoTime());
      return Stages.then(
          pipeline.judge(call, patience), judgement -> settle(arrival, judgement, null));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * What would be decided about a call now: nothing is carried out, charged, counted or recorded,
   * and nobody is asked. How much of a budget is left is not looked at.
   */
  public CompletionStage<Judgement> foresee(ToolCall call) {
    try {
      return pipeline.foresee(call);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Records what was found and answers, or waits and looks again.
   *
   * @param waited the id it waited for until now, or null
   */
  private CompletionStage<Decision> settle(
      Arrival arrival, Judgement judgement, @Nullable String waited) {
    Approval row = judgement.waiting() ? judgement.approval() : null;
    if (row == null || waits == null) {
      return record(arrival, judgement);
    }
    // That it waits is on the chain before it does, once for each row.
    return row.id().equals(waited)
        ? hold(waits, arrival, judgement, row)
        : Stages.then(
            record(arrival, judgement), escalated -> hold(waits, arrival, judgement, row));
  }

  private CompletionStage<Decision> hold(
      ApprovalWaits waits, Arrival arrival, Judgement judgement, Approval row) {
    return Stages.then(
        waits.hold(arrival.callId(), row, arrival.patience()),
        end ->
            switch (end) {
              case CHANGED ->
                  Stages.then(
                      pipeline.judgeAgain(arrival.call(), row.id(), judgement, arrival.patience()),
                      again -> settle(arrival, again, row.id()));
              case LEFT -> record(arrival, pipeline.leftBy(judgement));
              case IMPATIENT, STOPPED ->
                  CompletableFuture.completedFuture(decision(arrival, judgement, arrival.age()));
            });
  }

  private CompletionStage<Decision> record(Arrival arrival, Judgement judgement) {
    long latency = arrival.age();
    AuditEvent found =
        recorder.decision(
            arrival.call(), judgement, arrival.callId(), clock.instant(), latency / 1_000_000);
    if (!pipeline.goesOn(arrival.call(), judgement)) {
      return onceStored(found, decision(arrival, judgement, latency));
    }
    AuditEvent observed = found.toBuilder().reason("observe: " + found.reason()).build();
    Decision.Facts facts = facts(arrival, judgement, latency);
    return onceStored(
        observed, new Decision.Allow(facts, observed.reason(), outcomes, arrival, judgement));
  }

  private CompletionStage<Decision> onceStored(AuditEvent event, Decision decision) {
    return Stages.map(audit.append(event), stored -> decision);
  }

  private static Decision.Facts facts(Arrival arrival, Judgement judgement, long latency) {
    Caller caller = judgement.caller();
    return new Decision.Facts(
        arrival.callId(), caller.tenant(), caller.agentId(), judgement.policySha256(), latency);
  }

  private Decision decision(Arrival arrival, Judgement judgement, long latency) {
    Decision.Facts facts = facts(arrival, judgement, latency);
    Refusal refusal = judgement.refusal();
    if (refusal != null) {
      return new Decision.Deny(facts, refusal);
    }
    String reason = judgement.verdict() == null ? "" : judgement.verdict().reason();
    if (judgement.waiting() && judgement.approval() != null) {
      return new Decision.Escalate(facts, reason, judgement.approval().id());
    }
    return new Decision.Allow(facts, reason, outcomes, arrival, judgement);
  }

  /**
   * Looks at a caller without judging a call: token, kill switch, revocation and expiry. For
   * requests that are no tool calls, and for showing a caller what it may use.
   *
   * @return who it is, anonymous where that is permitted; or why it is refused
   */
  public Outcome<Caller> admit(Credential credential, @Nullable String onBehalfOf) {
    return capability.admit(credential, onBehalfOf, clock.millis());
  }

  /** Whether a caller's token would let it call a tool; says nothing of intent or policy (B35). */
  public boolean mayCall(Caller caller, String tool) {
    return capability.mayCall(caller, tool, clock.millis());
  }

  /**
   * Whether a list may show a caller a tool: its token permits it, and the policy does not refuse
   * it whatever the call holds. What a policy decides by arguments, intent or person is shown, and
   * so is what it puts before a human (B35).
   */
  public boolean mayBeShown(Caller caller, String tool) {
    return mayCall(caller, tool) && (onlyObserves || !foresight.refuses(caller, tool));
  }

  /**
   * Mints a token, as the program that embeds this gate. Blocks until it is recorded.
   *
   * @throws app.intentgate.token.TokenException when the grant is incomplete or out of range
   * @throws AuditException when it cannot be recorded: there is no token then
   */
  public CapabilityToken mint(Grant grant) {
    return await(actions.mint(grant, Operator.EMBEDDER)).token();
  }

  /**
   * Mints a token. The operator is recorded, not checked: that they may, in the grant's tenant, is
   * the caller's to see to.
   *
   * @return complete once it is recorded; fails with {@link AuditException} when it cannot be
   * @throws app.intentgate.token.TokenException when the grant is incomplete or out of range
   */
  public CompletionStage<MintedToken> mint(Grant grant, Operator operator) {
    return actions.mint(grant, operator);
  }

  /**
   * Revokes a token for all tenants, with its descendants, by its {@linkplain CapabilityToken#id
   * id}; or one descendant with its own, by its {@linkplain CapabilityToken#chainId chain id}
   * (B11). Blocks until it is in force and recorded.
   *
   * @param reason why; may be empty
   * @throws app.intentgate.store.StoreUnavailableException when it may not be in force
   * @throws AuditException when it is in force and could not be recorded
   */
  public void revoke(String id, String reason) {
    await(actions.revoke(id, reason, Operator.EMBEDDER));
  }

  /**
   * Revokes a token in the operator's tenant, or for all tenants where they have none. The operator
   * is recorded, not checked: that they may is the caller's to see to.
   *
   * @return complete once it is in force and recorded; fails as {@link #revoke(String, String)}
   *     does
   */
  public CompletionStage<Void> revoke(String id, String reason, Operator operator) {
    return actions.revoke(id, reason, operator);
  }

  /**
   * Mints a token that is an exception somebody else agreed to. The operator is recorded, not
   * checked, and so is the agreement: that they may is the caller's to see to.
   *
   * @param reference where the agreement is kept
   * @param approvedBy who agreed, as the operator wrote it; may be empty
   * @param reason why; may be empty
   * @return as {@link #mint(Grant, Operator)} does
   */
  public CompletionStage<MintedToken> grantException(
      Grant grant, String reference, String approvedBy, String reason, Operator operator) {
    return actions.grantException(grant, reference, approvedBy, reason, operator);
  }

  /**
   * Engages a kill switch, as the program that embeds this gate. Blocks until it is in force here
   * and recorded.
   *
   * @param entry what to stop; its {@code setAt} and {@code setBy} are kept as they are given
   * @return the entry as it stands: one that was engaged before keeps its time
   * @throws app.intentgate.store.StoreUnavailableException when it may not be in force
   * @throws AuditException when it is in force and could not be recorded
   */
  public KillSwitchEntry engageKillSwitch(KillSwitchEntry entry) {
    return await(actions.engage(entry, Operator.EMBEDDER));
  }

  /**
   * Engages a kill switch. The operator is recorded, not checked: that they may is the caller's to
   * see to.
   *
   * @param entry what to stop; its {@code setAt} and {@code setBy} are kept as they are given, and
   *     not taken from the operator
   * @return complete once it is in force here and recorded; fails as {@link
   *     #engageKillSwitch(KillSwitchEntry)} does
   */
  public CompletionStage<KillSwitchEntry> engageKillSwitch(
      KillSwitchEntry entry, Operator operator) {
    return actions.engage(entry, operator);
  }

  /**
   * Releases the kill switch of an entry's scope, tenant and agent, as the program that embeds this
   * gate. Blocks until that is recorded and then in force.
   *
   * @param entry which switch; of the rest the reason alone is looked at, for the audit
   * @return whether one was engaged
   * @throws AuditException when it cannot be recorded: it stays engaged
   * @throws app.intentgate.store.StoreUnavailableException when it may still be engaged
   */
  public boolean releaseKillSwitch(KillSwitchEntry entry) {
    return await(actions.release(entry, Operator.EMBEDDER));
  }

  /**
   * Releases the kill switch of an entry's scope, tenant and agent. The operator is recorded, not
   * checked: that they may is the caller's to see to.
   *
   * @return whether one was engaged, once the release is recorded and in force; fails as {@link
   *     #releaseKillSwitch(KillSwitchEntry)} does
   */
  public CompletionStage<Boolean> releaseKillSwitch(KillSwitchEntry entry, Operator operator) {
    return actions.release(entry, operator);
  }

  /**
   * Records an operator's action that changed nothing here, such as a failed sign-in (B31).
   *
   * @return complete once it is durable; fails with {@link AuditException} when it cannot be
   */
  public CompletionStage<Void> record(AuditEvent event) {
    return Stages.map(audit.append(event), stored -> (Void) null);
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = Stages.unwrap(e);
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException r ? r : e;
    }
  }

  /** The audit log: for queries, exports and verification. The gate closes it with itself. */
  public AuditStore audit() {
    return audit;
  }

  /** The revoked tokens. For reading; changes made here are not on the audit chain. */
  public RevocationStore revocations() {
    return stores.revocations();
  }

  /** The kill switches. For reading; changes made here are not on the audit chain. */
  public KillSwitchStore killSwitches() {
    return stores.killSwitches();
  }

  /** What tokens have spent. For reading; changes made here are not on the audit chain. */
  public BudgetStore budgets() {
    return stores.budgets();
  }

  /**
   * The calls that wait for a human, or null when none are kept. For reading; changes made here are
   * not on the audit chain: decide by {@link #approvalActions()}.
   */
  public @Nullable ApprovalStore approvals() {
    return stores.approvals();
  }

  /** What operators do with the calls that wait, or null when none are kept. */
  public @Nullable ApprovalActions approvalActions() {
    return approvalActions;
  }

  /** How many calls are held now because they wait for a human. */
  public int heldCalls() {
    return waits == null ? 0 : waits.waiting();
  }

  /** Answers every held call as still pending, and holds none from now on: the gate stops. */
  public void handBackHeldCalls() {
    if (waits != null) {
      waits.close();
    }
  }

  /**
   * Which policy holds for which tenant. For reading; a {@linkplain ActivePolicies#swap swap} made
   * here is not on the audit chain and known to no other gate. {@link
   * app.intentgate.policy.lifecycle.PolicyService} changes policies with drafts, history and audit.
   */
  public ActivePolicies policies() {
    return policies;
  }

  /** The time as this gate sees it. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Hands back the held calls, drains and closes the audit store; calls after it fail. Blocks until
   * what was decided is durable. Closes no other store: close what was built on this gate first
   * ({@link app.intentgate.policy.lifecycle.PolicyService}), then the gate, then what it was built
   * on: the state store, and last the database.
   */
  @Override
  public void close() {
    handBackHeldCalls();
    audit.close();
  }
}
