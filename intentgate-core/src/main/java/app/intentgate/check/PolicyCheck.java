package app.intentgate.check;

import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Escalate;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.intent.Intent;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import java.util.Optional;
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
    /** The rule's reason, empty when there is none. */
    public String reason() {
      return decision == null ? "" : decision.reason();
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

  /** Checks a call. */
  public Outcome<Verdict> check(Call call, Caller caller, Optional<Intent> intent) {
    PolicyEngine engine = policies.forTenant(caller.tenant());
    PolicyDecision decision;
    try {
      decision = engine.evaluate(PolicyInputs.of(call, caller, intent));
    } catch (PolicyException e) {
      String reason = e.getMessage() == null ? "policy: no decision" : e.getMessage();
      return new Deny<>(Refusal.of(DenialCode.POLICY, reason), new Verdict(engine.sha256(), null));
    }
    Verdict verdict = new Verdict(engine.sha256(), decision);
    if (decision.escalate()) {
      return new Escalate<>(verdict);
    }
    return decision.allow()
        ? new Pass<>(verdict)
        : new Deny<>(Refusal.of(DenialCode.POLICY, decision.reason()), verdict);
  }
}
