package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Refusal;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;

/** How a call that may not go on is told: to a program as an error, to a model as a tool result. */
final class Refused {
  private final boolean asResult;

  /**
   * Says how.
   *
   * @param asResult whether MCP clients get a result that their model can read
   */
  Refused(boolean asResult) {
    this.asResult = asResult;
  }

  /** Answers with a refusal. */
  void deny(Inbound in, RequestId id, Decision.Deny decision) {
    Refusal refusal = decision.refusal();
    String check = refusal.code().check().wireName();
    in.callId(decision.callId()).blocked(check);
    if (asResult && in.isMcpClient() && !refusal.authentication()) {
      in.reply(200, result(in, id, decision, check, decision.reason(), ""));
    } else {
      plain(in, id, refusal);
    }
  }

  /**
   * Answers with the error of the contract; a caller that did not prove who it is gets 401 where it
   * understands that (B56).
   */
  static void plain(Inbound in, RequestId id, Refusal refusal) {
    DenialCode code = refusal.code();
    byte[] error = RpcAnswer.error(id, code.code(), code.message(), refusal.reason());
    if (refusal.authentication()) {
      in.unauthenticated(error);
    } else {
      in.reply(200, error);
    }
  }

  /** Answers with a call that waits for a human. */
  void escalate(Inbound in, RequestId id, Decision.Escalate decision) {
    in.callId(decision.callId()).escalated();
    String pending = decision.pendingId();
    if (asResult && in.isMcpClient()) {
      in.reply(200, result(in, id, decision, "policy", decision.reason(), pending));
      return;
    }
    pending(in, id, decision);
  }

  /** Answers with the error of the contract for a call that waits for a human. */
  static void pending(Inbound in, RequestId id, Decision.Escalate decision) {
    JsonObject data =
        JsonObject.builder(3)
            .put("pending_id", decision.pendingId())
            .put("resume_header", "X-IntentGate-Approval-Id")
            .put("status", "pending")
            .build();
    in.reply(200, RpcAnswer.error(id, decision.code(), decision.message(), data));
  }

  private static byte[] result(
      Inbound in, RequestId id, Decision decision, String check, String reason, String pending) {
    JsonOutput out = RpcAnswer.start(id).name("result").beginObject().name("content").beginArray();
    out.beginObject().name("type").string("text");
    out.name("text").string(text(decision, reason, pending)).endObject().endArray();
    if (in.isModern()) {
      out.name("resultType").string("complete");
    }
    out.name("isError").bool(true).name("_meta").beginObject().name("app.intentgate/denial");
    out.beginObject().name("code").number(decision.code()).name("check").string(check);
    out.name("reason").value(JsonString.of(reason)).name("call_id").string(decision.callId());
    if (!pending.isEmpty()) {
      out.name("pending_id").string(pending);
    }
    return RpcAnswer.end(out.endObject().endObject().endObject());
  }

  /** What was refused, why, and what to do next, for a model to act on. */
  private static String text(Decision decision, String reason, String pending) {
    String why = reason.isEmpty() ? "" : ": " + reason;
    if (!pending.isEmpty()) {
      return "This call needs the approval of a person"
          + why
          + ". It was not carried out. It waits"
          + " under the id "
          + pending
          + "; make exactly the same call again once it is approved.";
    }
    String refused =
        "This call was refused and not carried out (" + decision.message() + why + ").";
    return refused + " " + next(((Decision.Deny) decision).refusal().code());
  }

  private static String next(DenialCode code) {
    return switch (code) {
      case CAPABILITY ->
          "The token in use does not permit it: use another tool that tools/list shows, or ask for"
              + " a token that covers it.";
      case INTENT ->
          "It does not follow from what the user asked for: keep to the user's request, or ask the"
              + " user.";
      case TOOL_QUARANTINED ->
          "It cannot be used until an operator has looked at it: use another tool that tools/list"
              + " shows.";
      case POLICY -> "Calling it again unchanged gives the same answer.";
      case BUDGET -> "The token's limit is used up: stop, or ask for a new token.";
      case ESCALATION_REQUIRED, ESCALATION_FAILED ->
          "It needs the approval of a person, which cannot be given here.";
      case APPROVAL_REJECTED -> "A person decided against it: do not try it again.";
      case APPROVAL_EXPIRED, APPROVAL_NOT_FOUND, APPROVAL_MISMATCH, APPROVAL_USED ->
          "The approval does not fit: make the call without it to ask for a new one.";
      case CLIENT_LEFT -> "Make it again, and wait for the answer.";
    };
  }
}
