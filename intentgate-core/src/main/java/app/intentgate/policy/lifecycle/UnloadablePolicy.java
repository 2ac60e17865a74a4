package app.intentgate.policy.lifecycle;

import app.intentgate.json.JsonObject;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;

/** Stands for a policy that should be in force and cannot be: refuses every call. */
final class UnloadablePolicy implements PolicyEngine {
  private final String sha256;

  UnloadablePolicy(PolicySlot slot) {
    RevisionRef wanted = slot.current();
    this.sha256 = wanted == null ? "" : wanted.sha256();
  }

  @Override
  public PolicyDecision evaluate(JsonObject input) {
    throw new PolicyException("policy: the policy in force could not be loaded");
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public String label() {
    return "draft that cannot be loaded";
  }
}
