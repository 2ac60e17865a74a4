package app.intentgate.policy;

import app.intentgate.json.JsonObject;

/**
 * A compiled policy. Thread-safe; evaluating never blocks and takes no longer than its deadline
 * plus 20 ms (B54).
 */
public interface PolicyEngine {
  /**
   * Decides a call.
   *
   * @param input the input document, see {@link PolicyInput}
   * @throws PolicyException when there is no valid decision: the call is refused with its message
   */
  PolicyDecision evaluate(JsonObject input);

  /** SHA-256 of the source, lower-case hex; recorded with every decision (B25). */
  String sha256();

  /** Where the policy comes from, for operators: {@code embedded default}, {@code file:…}. */
  String label();
}
