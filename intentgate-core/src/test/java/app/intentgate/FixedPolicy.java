package app.intentgate;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import java.util.ArrayList;
import java.util.List;

/** A policy that says what a test tells it to, and remembers what it was asked. */
final class FixedPolicy implements PolicyEngine {
  static final String SHA256 = "5eed".repeat(16);
  final List<JsonObject> inputs = new ArrayList<>();
  private final String decision;
  private final String sha256;

  FixedPolicy(String decision) {
    this(decision, SHA256);
  }

  FixedPolicy(String decision, String sha256) {
    this.decision = decision;
    this.sha256 = sha256;
  }

  static FixedPolicy allowing() {
    return new FixedPolicy("{\"allow\": true, \"reason\": \"fine\"}");
  }

  @Override
  public synchronized PolicyDecision evaluate(JsonObject input) {
    inputs.add(input);
    if (decision.isEmpty()) {
      throw new PolicyException("policy: eval: it broke");
    }
    return PolicyDecision.of(JsonReader.parse(decision));
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public String label() {
    return "test";
  }
}
