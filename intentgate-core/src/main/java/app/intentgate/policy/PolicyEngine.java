package app.intentgate.policy;

import app.intentgate.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A policy that decides calls: compiled in the gate, or asked for elsewhere. Thread-safe; {@link
 * #decide} never blocks, and a decision takes no longer than the engine's deadline plus 20 ms
 * (B54).
 */
public interface PolicyEngine {
  /**
   * Decides a call. Blocks only where the policy is asked for elsewhere; the gate itself calls
   * {@link #decide}.
   *
   * @param input the input document, see {@link RegoPolicyEngine}
   * @throws PolicyException when there is no valid decision: the call is refused with its message
   */
  PolicyDecision evaluate(JsonObject input);

  /**
   * Decides a call without holding a thread. An engine that has to wait for nothing answers with a
   * stage that is complete, which costs its caller no hop.
   *
   * @param input the input document
   * @return the decision; fails with a {@link PolicyException} when there is no valid one
   * @throws PolicyException instead of a failed stage, where that is known at once
   */
  default CompletionStage<PolicyDecision> decide(JsonObject input) {
    return CompletableFuture.completedFuture(evaluate(input));
  }

  /**
   * Decides a call of another time, as a dry run does: what a policy that asks for the time is
   * told. An engine that knows no time but now decides as of now.
   *
   * @param input the input document
   * @throws PolicyException when there is no valid decision
   */
  default PolicyDecision evaluateAt(JsonObject input, Instant at) {
    return evaluate(input);
  }

  /**
   * Whether the policy refuses a call of this tool by this caller whatever else it holds: it denies
   * one of which nothing else is known, and looked at nothing but {@code tool}, {@code capability}
   * and {@code agent_id} to do so. An engine that cannot tell says no.
   *
   * @param input the input document with no other members than those
   */
  default boolean refusesWhatever(JsonObject input) {
    return false;
  }

  /** The policy that decides, without what is only evaluated beside it. */
  default PolicyEngine deciding() {
    return this;
  }

  /**
   * SHA-256 of the source, lower-case hex; recorded with every decision (B25). Of a policy that is
   * kept elsewhere, that of its address.
   */
  String sha256();

  /** Where the policy comes from, for operators: {@code embedded default}, {@code file:…}. */
  String label();
}
