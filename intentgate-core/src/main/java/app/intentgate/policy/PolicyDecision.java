package app.intentgate.policy;

import app.intentgate.approval.ApprovalTerms;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a policy decided.
 *
 * @param allow whether the call may go on
 * @param escalate whether a human must agree first; wins over {@code allow}
 * @param reason the rule's reason; may be empty
 * @param requiresStepUp whether the policy asks for a stepped-up operator
 * @param costCents what the call costs, when the policy says so
 * @param approval who has to agree, where it escalates
 * @param document the whole decision, for members other stages read
 * @param bundle the bundle that decided, where the policy is kept elsewhere
 */
public record PolicyDecision(
    boolean allow,
    boolean escalate,
    String reason,
    boolean requiresStepUp,
    @Nullable Long costCents,
    ApprovalTerms approval,
    JsonObject document,
    @Nullable PolicyBundle bundle) {

  /**
   * Reads a decision document. Members of another type than the contract's count as absent, except
   * {@code allow}, which must be there. A decision that asks for a filter this library does not
   * have is none: the call must not go on unfiltered.
   *
   * @throws PolicyException when it is no object, or {@code allow} is no boolean
   */
  public static PolicyDecision of(@Nullable JsonValue decision) {
    if (decision == null) {
      throw new PolicyException("policy: no decision returned (missing default rule?)");
    }
    if (!(decision instanceof JsonObject document)) {
      throw new PolicyException(
          "policy: decision is " + wireTypeName(decision) + ", want map[string]any");
    }
    if (!(document.get("allow") instanceof JsonBoolean allow)) {
      throw new PolicyException("policy: decision missing \"allow\" boolean");
    }
    if (document.get("pii_filter") instanceof JsonObject filter
        && filter.get("enabled") == JsonBoolean.TRUE) {
      throw new PolicyException("policy: decision asks for a pii_filter, which is not available");
    }
    JsonValue reason = document.get("reason");
    String text = reason == null ? null : reason.asText();
    return new PolicyDecision(
        allow.value(),
        document.get("escalate") == JsonBoolean.TRUE,
        text == null ? "" : text,
        document.get("requires_step_up") == JsonBoolean.TRUE,
        cost(document.get("cost_cents")),
        terms(document),
        document,
        null);
  }

  /** The same decision, made by a bundle. */
  public PolicyDecision by(PolicyBundle newBundle) {
    return new PolicyDecision(
        allow, escalate, reason, requiresStepUp, costCents, approval, document, newBundle);
  }

  /** Terms that are not understood are no decision: less than was asked for must not do. */
  private static ApprovalTerms terms(JsonObject document) {
    try {
      return ApprovalTerms.of(document);
    } catch (IllegalArgumentException e) {
      throw new PolicyException("policy: " + e.getMessage());
    }
  }

  /** A cost that is no whole number of cents, or negative, is no cost that can be charged. */
  private static @Nullable Long cost(@Nullable JsonValue value) {
    if (value == null) {
      return null;
    }
    if (value instanceof JsonNumber n && n.fitsLong() && n.longValue() >= 0) {
      return n.longValue();
    }
    throw new PolicyException("policy: cost_cents is not a whole number of cents");
  }

  /** The type names clients of the contract know. */
  private static String wireTypeName(JsonValue value) {
    return switch (value.typeOrder()) {
      case 0 -> "<nil>";
      case 1 -> "bool";
      case 2 -> "json.Number";
      case 3 -> "string";
      default -> "[]interface {}";
    };
  }
}
