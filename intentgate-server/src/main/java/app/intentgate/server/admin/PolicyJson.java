package app.intentgate.server.admin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.policy.lifecycle.PolicyAction;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyProposal;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.RevisionRef;

/** Drafts, slots and history as operators see them (admin contract 2.5 and ours). */
final class PolicyJson {
  private PolicyJson() {}

  /** An object of its own. */
  static void draft(JsonOutput out, PolicyDraft draft) {
    draftMembers(out.beginObject(), draft).endObject();
  }

  /** The members of an object that has begun. */
  static JsonOutput draftMembers(JsonOutput out, PolicyDraft draft) {
    PolicyRevision at = draft.at();
    out.name("id").string(draft.id()).name("name").string(at.name());
    Members.text(out, "description", at.description());
    out.name("rego_source").string(at.source());
    Members.text(out, "tenant", draft.tenant());
    out.name("created_at").string(draft.createdAt().toString());
    out.name("updated_at").string(at.savedAt().toString());
    Members.text(out, "created_by", draft.createdBy());
    out.name("revision").number(at.number()).name("rego_sha256").string(at.sha256());
    out.name("warnings").value(at.warnings());
    Members.text(out, "tests_source", at.testsSource());
    if (at.requireTests()) {
      out.name("require_tests").bool(true);
    }
    JsonObject results = at.testResults();
    if (results != null) {
      out.name("test_results").value(results);
    }
    return out;
  }

  /** What is in force, and what waits. */
  static void slot(JsonOutput out, PolicySlot slot) {
    out.beginObject();
    Members.text(out, "tenant", slot.tenant());
    RevisionRef current = slot.current();
    if (current != null) {
      out.name("current_draft_id").string(current.draftId());
      out.name("revision").number(current.revision());
      out.name("rego_sha256").string(current.sha256());
    }
    RevisionRef previous = slot.previous();
    if (previous != null) {
      out.name("previous_draft_id").string(previous.draftId());
      out.name("previous_revision").number(previous.revision());
    }
    Members.time(out, "promoted_at", slot.promotedAt());
    Members.text(out, "promoted_by", slot.promotedBy());
    PolicyProposal proposal = slot.proposal();
    if (proposal != null) {
      proposal(out, proposal);
    }
    Members.text(out, "approved_by", slot.approvedBy());
    out.endObject();
  }

  private static void proposal(JsonOutput out, PolicyProposal proposal) {
    RevisionRef target = proposal.target();
    if (target != null) {
      out.name("proposed_draft_id").string(target.draftId());
      out.name("proposed_revision").number(target.revision());
      out.name("proposed_rego_sha256").string(target.sha256());
    }
    if (proposal.action() != PolicyAction.PROMOTE) {
      out.name("proposed_action").string(proposal.action().wireName());
    }
    out.name("proposed_by").string(proposal.by());
    out.name("proposed_principal").string(proposal.principal());
    out.name("proposed_at").string(proposal.at().toString());
  }

  /** An entry of a slot's history. */
  static void change(JsonOutput out, PolicyChange change, String bootSha256) {
    out.beginObject().name("id").string(change.id());
    out.name("action").string(change.action().wireName());
    RevisionRef target = change.target();
    if (target != null) {
      out.name("draft_id").string(target.draftId());
      out.name("revision").number(target.revision());
      out.name("rego_sha256").string(target.sha256());
    } else {
      out.name("rego_sha256").string(change.tenant().isEmpty() ? bootSha256 : "");
      out.name("builtin").bool(true);
    }
    out.name("by").string(change.by()).name("principal").string(change.principal());
    Members.text(out, "approved_by", change.approvedBy());
    Members.text(out, "approver", change.approver());
    out.name("at").string(change.at().toString()).endObject();
  }
}
