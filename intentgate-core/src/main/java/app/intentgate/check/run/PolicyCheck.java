package app.intentgate.check.run;

import app.intentgate.check.Call;
import app.intentgate.check.Caller;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Outcome;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Escalate;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.check.PolicyVerdict;
import app.intentgate.check.Refusal;
import app.intentgate.intent.Intent;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import app.intentgate.store.Stages;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The third check: the policy of the caller's tenant allows, blocks or asks for a human. */
public final class PolicyCheck {
  private final ActivePolicies policies;

  /** A check by these policies. */
  public PolicyCheck(ActivePolicies policies) {
    this.policies = policies;
  }

  /** The hash of the policy that decides a caller's calls. */
  public String sha256For(Caller caller) {
    return policies.forTenant(caller.tenant()).sha256();
  }

  /**
   * Checks a call; the stage is complete where the policy is evaluated in the gate. A policy that
   * fails, or whose input cannot be made, refuses the call: the stage has a value whatever happens.
   */
  public CompletionStage<Outcome<PolicyVerdict>> check(
      Call call, Caller caller, Optional<Intent> intent) {
    return check(policies.forTenant(caller.tenant()), call, caller, intent);
  }

  /** The same of a call that is not made: nothing that is evaluated beside the policy sees it. */
  public CompletionStage<Outcome<PolicyVerdict>> foresee(
      Call call, Caller caller, Optional<Intent> intent) {
    return check(policies.forTenant(caller.tenant()).deciding(), call, caller, intent);
  }

  private static CompletionStage<Outcome<PolicyVerdict>> check(
      PolicyEngine engine, Call call, Caller caller, Optional<Intent> intent) {
    try {
      CompletionStage<PolicyDecision> decision =
          engine.decide(PolicyInputs.of(call, caller, intent));
      return Stages.recover(
          Stages.map(decision, found -> outcome(engine, found)), failure -> none(engine, failure));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(none(engine, e));
    }
  }

  private static Outcome<PolicyVerdict> outcome(PolicyEngine engine, PolicyDecision decision) {
    PolicyVerdict verdict = new PolicyVerdict(engine.sha256(), decision);
    if (decision.escalate()) {
      return new Escalate<>(verdict);
    }
    return decision.allow()
        ? new Pass<>(verdict)
        : new Deny<>(Refusal.of(DenialCode.POLICY, decision.reason()), verdict);
  }

  /** No decision refuses; what is not the engine's own word about it is not told to the agent. */
  private static Outcome<PolicyVerdict> none(PolicyEngine engine, Throwable failure) {
    String said = failure instanceof PolicyException ? failure.getMessage() : null;
    String reason = said == null ? "policy: no decision" : said;
    return new Deny<>(
        Refusal.of(DenialCode.POLICY, reason), new PolicyVerdict(engine.sha256(), null));
  }
}
