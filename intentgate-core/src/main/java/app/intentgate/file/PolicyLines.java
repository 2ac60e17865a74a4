package app.intentgate.file;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.lifecycle.PolicyAction;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyProposal;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.policy.lifecycle.PolicyShadow;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.RevisionRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What policies look like in the lines of a state file, and in the rows of a database. */
public final class PolicyLines {
  static final String REVISION = "policy_revision";
  static final String DELETION = "policy_deleted";
  static final String SLOT = "policy_slot";

  private PolicyLines() {}

  /** A draft at one revision. */
  public static JsonObject of(PolicyDraft draft) {
    PolicyRevision r = draft.at();
    JsonObject.Builder line =
        StateLines.line(REVISION)
            .put("id", draft.id())
            .put("tenant", draft.tenant())
            .put("by", draft.createdBy())
            .put("created", draft.createdAt().toString())
            .put("n", r.number())
            .put("name", r.name())
            .put("description", r.description())
            .put("sha256", r.sha256())
            .put("principal", r.savedBy())
            .put("saved", r.savedAt().toString())
            .put("require_tests", r.requireTests())
            .put("tests", r.testsSource())
            .put("warnings", r.warnings())
            .put("source", r.source());
    JsonObject results = r.testResults();
    if (results != null) {
      line.put("results", results);
    }
    return line.build();
  }

  /** The draft of such a line. */
  public static PolicyDraft draft(JsonObject line) {
    String id = StateLines.text(line, "id");
    return new PolicyDraft(
        id,
        StateLines.text(line, "tenant"),
        StateLines.text(line, "by"),
        StateLines.time(line, "created"),
        new PolicyRevision(
            id,
            (int) StateLines.number(line, "n"),
            StateLines.text(line, "name"),
            StateLines.text(line, "description"),
            StateLines.text(line, "source"),
            StateLines.text(line, "sha256"),
            StateLines.text(line, "tests"),
            line.get("require_tests") == JsonBoolean.TRUE,
            line.get("warnings") instanceof JsonArray warnings ? warnings : JsonArray.EMPTY,
            line.get("results") instanceof JsonObject results ? results : null,
            StateLines.text(line, "principal"),
            StateLines.time(line, "saved")));
  }

  static JsonObject deletion(String draftId) {
    return StateLines.line(DELETION).put("id", draftId).build();
  }

  /** A slot, and the change that made it so. */
  public static JsonObject of(PolicySlot slot, @Nullable PolicyChange change) {
    JsonObject.Builder line =
        StateLines.line(SLOT)
            .put("tenant", slot.tenant())
            .put("version", slot.version())
            .put("by", slot.promotedBy())
            .put("approved_by", slot.approvedBy());
    putText(line, "change_id", slot.changeId());
    putRef(line, "current", slot.current());
    putRef(line, "previous", slot.previous());
    putTime(line, "promoted", slot.promotedAt());
    PolicyProposal p = slot.proposal();
    if (p != null) {
      JsonObject.Builder proposal =
          JsonObject.builder(6)
              .put("action", p.action().wireName())
              .put("by", p.by())
              .put("principal", p.principal())
              .put("at", p.at().toString());
      putRef(proposal, "target", p.target());
      putText(proposal, "restores", p.restores());
      line.put("proposal", proposal.build());
    }
    PolicyShadow shadow = slot.shadow();
    if (shadow != null) {
      JsonObject.Builder out =
          JsonObject.builder(3)
              .put("principal", shadow.principal())
              .put("at", shadow.at().toString());
      putRef(out, "target", shadow.target());
      line.put("shadow", out.build());
    }
    if (change != null) {
      line.put("change", of(change));
    }
    return line.build();
  }

  private static JsonObject of(PolicyChange c) {
    JsonObject.Builder out =
        JsonObject.builder(9)
            .put("id", c.id())
            .put("action", c.action().wireName())
            .put("by", c.by())
            .put("principal", c.principal())
            .put("approved_by", c.approvedBy())
            .put("approver", c.approver())
            .put("at", c.at().toString());
    putRef(out, "target", c.target());
    putText(out, "below", c.below());
    return out.build();
  }

  /** The slot of such a line. */
  public static PolicySlot slot(JsonObject line) {
    return new PolicySlot(
        StateLines.text(line, "tenant"),
        StateLines.number(line, "version"),
        textOrNull(line, "change_id"),
        ref(line, "current"),
        ref(line, "previous"),
        StateLines.text(line, "by"),
        StateLines.text(line, "approved_by"),
        line.get("promoted") == null ? null : StateLines.time(line, "promoted"),
        line.get("proposal") instanceof JsonObject p ? proposal(p) : null,
        line.get("shadow") instanceof JsonObject s ? shadow(s) : null);
  }

  /** The change of such a line; null for none. */
  public static @Nullable PolicyChange change(JsonObject line) {
    return line.get("change") instanceof JsonObject c
        ? new PolicyChange(
            StateLines.text(c, "id"),
            StateLines.text(line, "tenant"),
            action(c),
            ref(c, "target"),
            textOrNull(c, "below"),
            StateLines.text(c, "by"),
            StateLines.text(c, "principal"),
            StateLines.text(c, "approved_by"),
            StateLines.text(c, "approver"),
            StateLines.time(c, "at"))
        : null;
  }

  private static PolicyProposal proposal(JsonObject p) {
    return new PolicyProposal(
        action(p),
        ref(p, "target"),
        textOrNull(p, "restores"),
        StateLines.text(p, "by"),
        StateLines.text(p, "principal"),
        StateLines.time(p, "at"));
  }

  private static PolicyShadow shadow(JsonObject s) {
    RevisionRef target = ref(s, "target");
    if (target == null) {
      throw new IllegalArgumentException("a shadow has no target");
    }
    return new PolicyShadow(target, StateLines.text(s, "principal"), StateLines.time(s, "at"));
  }

  private static PolicyAction action(JsonObject from) {
    PolicyAction action = PolicyAction.of(StateLines.text(from, "action"));
    if (action == null) {
      throw new IllegalArgumentException("unknown action");
    }
    return action;
  }

  private static @Nullable RevisionRef ref(JsonObject from, String name) {
    return from.get(name) instanceof JsonObject r
        ? new RevisionRef(
            StateLines.text(r, "draft"),
            (int) StateLines.number(r, "n"),
            StateLines.text(r, "sha256"))
        : null;
  }

  private static void putRef(JsonObject.Builder to, String name, @Nullable RevisionRef ref) {
    if (ref != null) {
      to.put(
          name,
          JsonObject.builder(3)
              .put("draft", ref.draftId())
              .put("n", ref.revision())
              .put("sha256", ref.sha256())
              .build());
    }
  }

  private static void putText(JsonObject.Builder to, String name, @Nullable String text) {
    if (text != null) {
      to.put(name, text);
    }
  }

  private static void putTime(JsonObject.Builder to, String name, @Nullable Instant time) {
    if (time != null) {
      to.put(name, time.toString());
    }
  }

  private static @Nullable String textOrNull(JsonObject from, String name) {
    JsonValue value = from.get(name);
    return value == null ? null : value.asText();
  }
}
