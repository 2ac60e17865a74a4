package app.intentgate.policy.lifecycle;

import app.intentgate.json.JsonObject;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import app.intentgate.policy.lifecycle.ShadowLog.Shadowed;
import app.intentgate.store.Stages;
import java.util.concurrent.CompletionStage;

/** The policy in force, with another evaluated beside it; the other never decides. */
final class ShadowedPolicy implements PolicyEngine {
  private final PolicyEngine active;
  private final Shadowed shadow;

  ShadowedPolicy(PolicyEngine active, Shadowed shadow) {
    this.active = active;
    this.shadow = shadow;
  }

  @Override
  public PolicyDecision evaluate(JsonObject input) {
    PolicyDecision decision = null;
    try {
      decision = active.evaluate(input);
      return decision;
    } finally {
      shadow.compare(input, decision);
    }
  }

  @Override
  public CompletionStage<PolicyDecision> decide(JsonObject input) {
    CompletionStage<PolicyDecision> stage;
    try {
      stage = active.decide(input);
    } catch (PolicyException e) {
      shadow.compare(input, null);
      throw e;
    }
    return Stages.map(stage, decision -> compared(input, decision));
  }

  private PolicyDecision compared(JsonObject input, PolicyDecision decision) {
    shadow.compare(input, decision);
    return decision;
  }

  @Override
  public boolean refusesWhatever(JsonObject input) {
    return active.refusesWhatever(input);
  }

  @Override
  public PolicyEngine deciding() {
    return active;
  }

  @Override
  public String sha256() {
    return active.sha256();
  }

  @Override
  public String label() {
    return active.label();
  }
}
