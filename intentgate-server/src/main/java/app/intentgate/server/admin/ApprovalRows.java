package app.intentgate.server.admin;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as operators see it: the members that clients know, then ours (admin contract 2.10). */
final class ApprovalRows {
  private ApprovalRows() {}

  static void write(JsonOutput out, Approval row) {
    write(out, row, null);
  }

  /**
   * A row with the link under which the person behind the agent agrees.
   *
   * @param consentUrl the link, or null for none
   */
  static void write(JsonOutput out, Approval row, @Nullable String consentUrl) {
    ApprovalRequest request = row.request();
    ApprovalBinding binding = row.binding();
    out.beginObject().name("pending_id").string(row.id());
    Members.text(out, "tenant", binding.tenant());
    Members.text(out, "capability_token_id", binding.tokenId());
    Members.text(out, "root_capability_token_id", request.rootTokenId());
    out.name("agent_id").string(binding.agentId()).name("tool").string(binding.tool());
    JsonObject arguments = row.arguments();
    if (arguments != null && !arguments.isEmpty()) {
      out.name("args").value(arguments);
    }
    Members.text(out, "intent_summary", request.intentSummary());
    out.name("reason").string(request.reason());
    out.name("status").string(row.status().wireName());
    out.name("created_at").string(request.createdAt().toString());
    decision(out, row);
    if (request.requiresStepUp()) {
      out.name("requires_step_up").bool(true);
    }
    ours(out, row);
    Members.text(out, "consent_url", consentUrl == null ? "" : consentUrl);
    out.endObject();
  }

  private static void decision(JsonOutput out, Approval row) {
    ApprovalDecision decision = row.decision();
    if (decision != null) {
      out.name("decided_at").string(decision.at().toString());
      Members.text(out, "decided_by", decision.label());
      Members.text(out, "decide_note", decision.note());
    } else if (row.status() == Status.TIMEOUT) {
      out.name("decided_at").string(row.expiresAt().toString());
    }
  }

  private static void ours(JsonOutput out, Approval row) {
    ApprovalTerms terms = row.request().terms();
    out.name("expires_at").string(row.expiresAt().toString());
    ApprovalDecision decision = row.decision();
    if (decision != null) {
      out.name("decided_by_principal").string(decision.principal());
    }
    Instant usedAt = row.usedAt();
    if (usedAt != null) {
      out.name("used_at").string(usedAt.toString());
    }
    if (!terms.equals(ApprovalTerms.DEFAULT)) {
      out.name("by").string(terms.by().wireName());
      out.name("approvals_needed").number(terms.operatorsNeeded());
      votes(out, row.votes());
    }
    ApprovalTerms.Standing standing = terms.standing();
    if (standing != null) {
      out.name("standing").beginObject().name("max_uses").number(standing.maxUses());
      out.name("ttl_seconds").number(standing.ttl().toSeconds()).name("uses").number(row.uses());
      if (!standing.arguments().isEmpty()) {
        out.name("arguments").beginArray();
        standing.arguments().forEach(out::string);
        out.endArray();
      }
      out.endObject();
    }
    Members.text(out, "user_subject", row.binding().userSubject());
    Members.text(out, "void_reason", row.voidReason() == null ? "" : row.voidReason());
  }

  private static void votes(JsonOutput out, List<ApprovalDecision> votes) {
    out.name("approvals").beginArray();
    for (ApprovalDecision vote : votes) {
      if (vote.approved()) {
        out.beginObject().name("principal").string(vote.principal());
        out.name("at").string(vote.at().toString()).name("note").string(vote.note()).endObject();
      }
    }
    out.endArray();
  }
}
