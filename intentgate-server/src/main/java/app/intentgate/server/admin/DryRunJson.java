package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.policy.replay.DryRunReport;
import app.intentgate.policy.replay.DryRunRequest;
import app.intentgate.policy.replay.DryRunSample;
import app.intentgate.policy.replay.DryRunSummary;
import app.intentgate.policy.replay.Explanation;
import app.intentgate.policy.replay.SafetyFinding;
import org.jspecify.annotations.Nullable;

/** What a dry run came to, as clients know it (admin contract 4). */
final class DryRunJson {
  private DryRunJson() {}

  /** The members of an object that has begun. */
  static JsonOutput members(
      JsonOutput out,
      DryRunReport report,
      DryRunRequest request,
      @Nullable String from,
      @Nullable String to) {
    summary(out.name("summary").beginObject(), report.summary());
    out.name("samples").beginArray();
    report.samples().forEach(sample -> sample(out, sample));
    out.endArray();
    if (!report.warnings().isEmpty()) {
      out.name("warnings").beginArray();
      report.warnings().forEach(out::string);
      out.endArray();
    }
    safety(out, report);
    out.name("window").beginObject();
    Members.text(out, "from", from);
    Members.text(out, "to", to);
    Members.text(out, "tenant", request.tenant());
    return out.name("limit").number(request.limit()).endObject();
  }

  private static void summary(JsonOutput out, DryRunSummary s) {
    out.name("events_evaluated").number(s.evaluated());
    out.name("would_allow").number(s.allow()).name("would_block").number(s.block());
    out.name("would_escalate").number(s.escalate()).name("policy_error").number(s.error());
    out.name("allow_to_block").number(s.allowToBlock());
    out.name("allow_to_escalate").number(s.allowToEscalate());
    out.name("block_to_allow").number(s.blockToAllow());
    out.name("block_to_escalate").number(s.blockToEscalate());
    out.name("escalate_to_allow").number(s.escalateToAllow());
    out.name("escalate_to_block").number(s.escalateToBlock()).endObject();
  }

  private static void sample(JsonOutput out, DryRunSample s) {
    out.beginObject();
    if (s.at() != null) {
      out.name("ts").string(s.at().toString());
    }
    if (s.inputIndex() != null) {
      out.name("input_index").number(s.inputIndex());
    }
    Members.text(out, "call_id", s.callId());
    out.name("tool").string(s.tool());
    Members.text(out, "agent_id", s.agentId());
    Members.text(out, "tenant", s.tenant());
    Members.text(out, "original_decision", s.originalDecision());
    Members.text(out, "original_check", s.originalCheck());
    Members.text(out, "original_reason", s.originalReason());
    out.name("candidate_decision").string(s.candidateDecision());
    Members.text(out, "candidate_reason", s.candidateReason());
    Members.text(out, "candidate_error", s.candidateError());
    if (!s.argKeys().isEmpty()) {
      out.name("arg_keys").beginArray();
      s.argKeys().forEach(out::string);
      out.endArray();
    }
    if (s.explanation() != null) {
      out.name("explanation");
      explanation(out, s.explanation());
    }
    out.endObject();
  }

  /** Why a policy decides as it does. */
  static void explanation(JsonOutput out, Explanation explanation) {
    out.beginObject().name("rule").string(explanation.rule());
    out.name("row").number(explanation.row()).name("col").number(explanation.col());
    out.name("failed").beginArray();
    for (Explanation.Failed failed : explanation.failed()) {
      out.beginObject().name("row").number(failed.row()).name("col").number(failed.col());
      out.name("expression").string(failed.expression()).endObject();
    }
    out.endArray().endObject();
  }

  private static void safety(JsonOutput out, DryRunReport report) {
    out.name("safety_check").beginObject().name("findings");
    if (report.findings().isEmpty()) {
      out.nullValue();
    } else {
      out.beginArray();
      for (SafetyFinding f : report.findings()) {
        out.beginObject().name("severity").string(f.severity()).name("code").string(f.code());
        out.name("title").string(f.title()).name("detail").string(f.detail());
        Members.text(out, "suggestion", f.suggestion());
        out.endObject();
      }
      out.endArray();
    }
    out.name("blocking").bool(report.blocking()).name("tested").bool(report.tested());
    out.name("events_evaluated").number(report.summary().evaluated()).endObject();
  }
}
