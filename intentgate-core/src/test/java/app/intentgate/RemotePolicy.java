package app.intentgate;

import app.intentgate.json.JsonObject;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A policy that answers when a test wants it to. */
final class RemotePolicy implements PolicyEngine {
  final CompletableFuture<PolicyDecision> answer = new CompletableFuture<>();

  @Override
  public PolicyDecision evaluate(JsonObject input) {
    throw new AssertionError("the gate waits with a thread");
  }

  @Override
  public CompletionStage<PolicyDecision> decide(JsonObject input) {
    return answer;
  }

  @Override
  public String sha256() {
    return FixedPolicy.SHA256;
  }

  @Override
  public String label() {
    return "elsewhere";
  }
}
