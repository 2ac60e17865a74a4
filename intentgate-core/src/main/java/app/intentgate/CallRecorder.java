package app.intentgate;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.audit.ArgValues;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditPhase;
import app.intentgate.check.Caller;
import app.intentgate.check.Judgement;
import app.intentgate.check.PolicyVerdict;
import app.intentgate.check.Refusal;
import app.intentgate.check.run.ApprovalDesk;
import app.intentgate.intent.Intent;
import app.intentgate.json.JavaValues;
import app.intentgate.json.JsonObject;
import app.intentgate.policy.PolicyBundle;
import app.intentgate.token.OnBehalfOf;
import java.time.Instant;

/** Writes down what happened to a call: the decision event and the outcome event. */
final class CallRecorder {
  private final ArgValues argValues;

  CallRecorder(ArgValues argValues) {
    this.argValues = argValues;
  }

  AuditEvent decision(
      ToolCall call, Judgement judgement, String callId, Instant at, long latencyMillis) {
    AuditEventBuilder event =
        common(call, judgement, callId, at, latencyMillis).phase(AuditPhase.DECISION);
    arguments(call, event);
    policy(judgement, event);
    intent(judgement, event);
    Approval approval = judgement.approval();
    if (approval != null) {
      event.pendingId(approval.id()).argumentsSha256(approval.binding().argumentsSha256());
    }
    Refusal refusal = judgement.refusal();
    if (refusal != null) {
      return event
          .decision(AuditDecision.BLOCK)
          .check(refusal.code().check().wireName())
          .reason(refusal.reason())
          .errorCode(refusal.code().code())
          .build();
    }
    PolicyVerdict verdict = judgement.verdict();
    String ruleReason = verdict == null ? "" : verdict.reason();
    if (judgement.waiting()) {
      return event
          .decision(AuditDecision.ESCALATE)
          .check("policy")
          .reason("escalate: " + ruleReason)
          .errorCode(Decision.Escalate.CODE)
          .build();
    }
    if (approval != null) {
      ApprovalDecision made = approval.decision();
      event
          .decidedBy(made == null ? "" : made.label())
          .principal(made == null ? "" : made.principal())
          .check("policy")
          .reason(ApprovalDesk.said("approved", made));
    } else {
      event.reason(ruleReason);
    }
    return event.decision(AuditDecision.ALLOW).build();
  }

  AuditEvent outcome(
      ToolCall call,
      Judgement judgement,
      String callId,
      String eventId,
      Instant at,
      long latencyMillis,
      CallOutcome outcome) {
    AuditEventBuilder event =
        common(call, judgement, callId, at, latencyMillis)
            .phase(AuditPhase.OUTCOME)
            .check("upstream")
            .eventId(eventId);
    return outcome.of(event);
  }

  private static AuditEventBuilder common(
      ToolCall call, Judgement judgement, String callId, Instant at, long latencyMillis) {
    AuditEventBuilder event =
        AuditEvent.builder()
            .at(at)
            .callId(callId)
            .tool(call.tool())
            .latencyMs(latencyMillis)
            .remoteIp(call.remoteAddress());
    String session = call.sessionId();
    if (session != null) {
      event.sessionId(session);
    }
    Caller caller = judgement.caller();
    if (caller.isAuthenticated()) {
      event
          .tenant(caller.tenant())
          .agentId(caller.agentId())
          .zone(caller.zone())
          .capabilityTokenId(caller.tokenId())
          .rootCapabilityTokenId(caller.rootTokenId())
          .caveatCount(caller.caveatCount())
          .chainId(caller.chainId())
          .stepUpAt(caller.stepUpAt());
      OnBehalfOf.Principal user = caller.user();
      if (user != null) {
        event.userSubject(user.user()).userAttrs(JavaValues.ofMap(user.attributes()));
      }
    }
    return event;
  }

  private void arguments(ToolCall call, AuditEventBuilder event) {
    JsonObject arguments = call.arguments();
    if (arguments == null || arguments.isEmpty()) {
      return;
    }
    event.argKeysOf(arguments);
    if (argValues != ArgValues.OFF) {
      event.argValues(argValues.of(arguments));
    }
  }

  private static void policy(Judgement judgement, AuditEventBuilder event) {
    String sha256 = judgement.policySha256();
    if (sha256 != null) {
      event.policySha256(sha256);
    }
    PolicyVerdict verdict = judgement.verdict();
    if (verdict != null) {
      event.ruleReason(verdict.reason()).requiresStepUp(verdict.requiresStepUp());
      PolicyBundle bundle = verdict.bundle();
      if (bundle != null) {
        event.bundleId(bundle.id()).bundleDigest(bundle.revision());
      }
    }
  }

  private static void intent(Judgement judgement, AuditEventBuilder event) {
    Intent intent = judgement.intent().orElse(null);
    if (intent != null) {
      event
          .intentSummary(intent.summary())
          .intentAllowed(intent.allowedTools())
          .intentForbidden(intent.forbiddenTools());
    }
  }
}
