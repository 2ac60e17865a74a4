package app.intentgate.policy.replay;

import app.intentgate.audit.AuditEvent;
import app.intentgate.json.JsonObject;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What becomes of a call.
 *
 * @param word allow, block, escalate, or error where a policy gives no decision
 * @param reason why, or what went wrong
 */
record Outcome(Word word, String reason) {
  /** What can become of a call. */
  enum Word {
    ALLOW("allow"),
    BLOCK("block"),
    ESCALATE("escalate"),
    ERROR("error");

    private final String wireName;

    Word(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /** What a policy says of an input now. */
  static Outcome of(PolicyEngine policy, JsonObject input) {
    return of(() -> policy.evaluate(input));
  }

  /** What a policy says of an input as of a time. */
  static Outcome of(PolicyEngine policy, JsonObject input, Instant at) {
    return of(() -> policy.evaluateAt(input, at));
  }

  private static Outcome of(Supplier<PolicyDecision> evaluation) {
    try {
      PolicyDecision decision = evaluation.get();
      Word word = decision.escalate() ? Word.ESCALATE : decision.allow() ? Word.ALLOW : Word.BLOCK;
      return new Outcome(word, decision.reason());
    } catch (PolicyException e) {
      return new Outcome(Word.ERROR, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What became of a recorded call as far as policy goes: one that waited for a person was
   * escalated, whatever that person said.
   */
  static Word recorded(AuditEvent event) {
    if (!event.pendingId().isEmpty()) {
      return Word.ESCALATE;
    }
    return switch (event.decision()) {
      case ALLOW -> Word.ALLOW;
      case BLOCK -> Word.BLOCK;
      case ESCALATE -> Word.ESCALATE;
    };
  }

  /**
   * What would become of a recorded call under this outcome of the policy: a check before it, or
   * the budget after it, refuses what it refused.
   */
  Outcome inCall(AuditEvent event) {
    boolean before = event.check().equals("capability") || event.check().equals("intent");
    boolean after = event.check().equals("budget") && word == Word.ALLOW;
    return word != Word.ERROR && (before || after) ? new Outcome(Word.BLOCK, event.reason()) : this;
  }
}
