package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a gate answers into the exception of its kind.
 *
 * <p>Whose error it is, the header {@code X-IntentGate-Decision} says: {@code allow} means that the
 * tool server's own error is passed on, whatever its code. Where the header is missing, as in a
 * stream that was opened before the decision, the pairs of code and message that gates use are
 * ours. A tool server that answers a held call with such a pair is then believed: who must be sure
 * looks the call up in the audit log.
 */
final class Denials {
  private static final int UPSTREAM = -32603;
  private static final String BY_POLICY =
      "This call was refused and not carried out (policy check failed";

  private static final Map<Integer, Set<String>> OURS =
      Map.of(
          -32010, Set.of("capability check failed"),
          -32011, Set.of("intent check failed", "task drift: session halted"),
          -32013, Set.of("budget check failed"),
          -32014, Set.of("provenance check failed"),
          -32015, Set.of("request blocked by pii filter", "response blocked by pii filter"),
          -32016, Set.of("response blocked by output schema"),
          -32017, Set.of("tenant scope violation"),
          -32018, Set.of("upstream temporarily unavailable"),
          -32019, Set.of("approval pending"));

  private static final Set<String> POLICY_MESSAGES =
      Set.of(
          "policy check failed",
          "deception: decoy touched",
          "intentgrant policy denied",
          "action guard blocked",
          "reference verification failed",
          "east-west denied",
          "zone scope denied",
          "policy escalation required",
          "policy escalation failed",
          "policy: rejected by reviewer",
          "policy: approval window expired",
          "approval id not found",
          "approval mismatch",
          "approval already used",
          "tool quarantined");

  private Denials() {}

  /**
   * The exception of an error.
   *
   * @param decision the header {@code X-IntentGate-Decision}, or empty
   * @param check the header {@code X-IntentGate-Check}, or empty
   */
  static IntentGateException ofError(
      String decision,
      String check,
      String callId,
      int code,
      String message,
      @Nullable JsonValue data) {
    boolean ours =
        switch (decision) {
          case "allow" -> false;
          case "block", "escalate" -> true;
          default ->
              code != -32012
                  ? OURS.getOrDefault(code, Set.of()).contains(message)
                  : POLICY_MESSAGES.contains(message);
        };
    if (ours) {
      return refused(check, callId, code, message, data);
    }
    if (decision.isEmpty() && code == UPSTREAM && message.startsWith("audit store")) {
      return new GateUnavailable(
          new Failure(code, message, message, "", callId, data, false, null), null);
    }
    if (decision.isEmpty() && code <= -32600 && code >= -32700 && code != UPSTREAM) {
      return new ProtocolError(
          new Failure(code, message, reason(message, data), "", callId, data, false, null));
    }
    return new UpstreamFailed(
        new Failure(code, message, reason(message, data), "upstream", callId, data, true, null));
  }

  /** The exception of a refusal that reached us as the result an MCP client gets. */
  static IntentGateException ofDenial(JsonObject denial, String text) {
    int code = Json.code(denial.get("code"));
    String reason = Json.text(denial, "reason", text);
    // A policy may word its own reason as approvals are worded; the text says which it was.
    String message =
        code == -32012 && text.startsWith(BY_POLICY)
            ? "policy check failed"
            : reason.isEmpty() ? text : reason;
    return refused(
        Json.text(denial, "check", ""), Json.text(denial, "call_id", ""), code, message, denial);
  }

  private static IntentGateException refused(
      String check, String callId, int code, String message, @Nullable JsonValue data) {
    boolean answered = message.startsWith("response blocked");
    Failure failure =
        new Failure(
            code,
            message,
            reason(message, data),
            check.isEmpty() ? checkOf(code) : check,
            callId,
            data,
            answered,
            null);
    if (storeIsAway(failure.reason())) {
      return new GateUnavailable(failure, null);
    }
    return switch (code) {
      case -32010 -> new CapabilityDenied(failure);
      case -32011 -> new IntentDenied(failure);
      case -32012 -> policy(failure);
      case -32013 -> new BudgetDenied(failure);
      case -32014 -> new ProvenanceDenied(failure);
      case -32015 -> new PiiBlocked(failure);
      case -32016 -> new SchemaBlocked(failure);
      case -32017 -> new TenantScopeDenied(failure);
      case -32018 -> new UpstreamFailed(failure);
      case -32019 -> pending(failure);
      default -> byCheck(failure);
    };
  }

  /** A gate that cannot look refuses; that says nothing of the call. */
  private static boolean storeIsAway(String reason) {
    return reason.matches("(kill switch|revocation|budget) store unavailable; .* \\(fail-closed\\)")
        || reason.equals("approval queue unavailable");
  }

  private static IntentGateException policy(Failure failure) {
    String text = failure.message();
    if (text.equals("policy: rejected by reviewer") || text.startsWith("rejected by ")) {
      return new ApprovalRejected(failure);
    }
    if (text.startsWith("policy: approval")
        || text.startsWith("approval ")
        || text.startsWith("resume approval id")) {
      return new ApprovalExpired(failure);
    }
    return new PolicyDenied(failure);
  }

  private static IntentGateException pending(Failure failure) {
    String id = failure.data() instanceof JsonObject data ? Json.text(data, "pending_id", "") : "";
    return id.isEmpty() ? new ProtocolError(failure) : new ApprovalPending(failure, id);
  }

  /** A code nobody knows yet is still a denial; the check says of what kind. */
  private static IntentGateException byCheck(Failure failure) {
    return switch (failure.check()) {
      case "capability" -> new CapabilityDenied(failure);
      case "intent" -> new IntentDenied(failure);
      case "budget" -> new BudgetDenied(failure);
      case "provenance" -> new ProvenanceDenied(failure);
      case "pii" -> new PiiBlocked(failure);
      case "output_schema" -> new SchemaBlocked(failure);
      case "tenant_scope" -> new TenantScopeDenied(failure);
      default -> new PolicyDenied(failure);
    };
  }

  private static String checkOf(int code) {
    return switch (code) {
      case -32010 -> "capability";
      case -32011 -> "intent";
      case -32012, -32019 -> "policy";
      case -32013 -> "budget";
      case -32014 -> "provenance";
      case -32015 -> "pii";
      case -32016 -> "output_schema";
      case -32017 -> "tenant_scope";
      case -32018 -> "fault_isolation";
      default -> "";
    };
  }

  /** The data where it is a sentence, or holds one; else the message. */
  private static String reason(String message, @Nullable JsonValue data) {
    if (data instanceof JsonObject object) {
      // A call that waits is not told why; its id is all that is known.
      if (object.get("pending_id") != null) {
        return Json.text(object, "reason", "");
      }
      return Json.text(object, "reason", Json.text(object, "detail", message));
    }
    String text = data == null ? null : data.asText();
    return text == null || text.isEmpty() ? message : text;
  }
}
