package app.intentgate.check;

import app.intentgate.approval.ApprovalTerms;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Escalate;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.intent.Intent;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyBundle;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import app.intentgate.store.Stages;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The third check: the policy of the caller's tenant allows, blocks or asks for a human. */
public final class PolicyCheck {
  private final ActivePolicies policies;

  /** A check by these policies. */
  public PolicyCheck(ActivePolicies policies) {
    this.policies = policies;
  }

  /**
   * What the policy said.
   *
   * @param sha256 the policy's hash
   * @param decision its decision, or null when it gave no valid one
   */
  public record Verdict(String sha256, @Nullable PolicyDecision decision) {
    /**
     * What an approval is bound to: the policy's hash, and the bundle that decided where there is
     * one, so that another revision asks again (B14).
     */
    public String identity() {
      PolicyBundle bundle = bundle();
      return bundle == null ? sha256 : sha256 + " " + bundle.id() + " " + bundle.revision();
    }

    /** The bundle that decided, or null. */
    public @Nullable PolicyBundle bundle() {
      return decision == null ? null : decision.bundle();
    }

    /** The rule's reason, empty when there is none. */
    public String reason() {
      return decision == null ? "" : decision.reason();
    }

    /** Who has to agree where it escalates. */
    public ApprovalTerms approval() {
      return decision == null ? ApprovalTerms.DEFAULT : decision.approval();
    }

    /** Whether the policy asks for a stepped-up operator. */
    public boolean requiresStepUp() {
      return decision != null && decision.requiresStepUp();
    }
  }

  /** The hash of the policy that decides a caller's calls. */
  public String sha256For(Caller caller) {
    return policies.forTenant(caller.tenant()).sha256();
  }

  /**
   * Checks a call; the stage is complete where the policy is evaluated in the gate. A policy that
   * fails, or whose input cannot be made, refuses the call: the stage has a value whatever happens.
   */
  public CompletionStage<Outcome<Verdict>> check(
      Call call, Caller caller, Optional<Intent> intent) {
    PolicyEngine engine = policies.forTenant(caller.tenant());
    try {
      CompletionStage<PolicyDecision> decision =
          engine.decide(PolicyInputs.of(call, caller, intent));
      return Stages.recover(
          Stages.map(decision, found -> outcome(engine, found)), failure -> none(engine, failure));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(none(engine, e));
    }
  }

  private static Outcome<Verdict> outcome(PolicyEngine engine, PolicyDecision decision) {
    Verdict verdict = new Verdict(engine.sha256(), decision);
    if (decision.escalate()) {
      return new Escalate<>(verdict);
    }
    return decision.allow()
        ? new Pass<>(verdict)
        : new Deny<>(Refusal.of(DenialCode.POLICY, decision.reason()), verdict);
  }

  /** No decision refuses; what is not the engine's own word about it is not told to the agent. */
  private static Outcome<Verdict> none(PolicyEngine engine, Throwable failure) {
    String said = failure instanceof PolicyException ? failure.getMessage() : null;
    String reason = said == null ? "policy: no decision" : said;
    return new Deny<>(Refusal.of(DenialCode.POLICY, reason), new Verdict(engine.sha256(), null));
  }
}
