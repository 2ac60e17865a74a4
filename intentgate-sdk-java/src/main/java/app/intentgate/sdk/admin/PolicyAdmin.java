package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.io.InputStream;
import java.util.List;

/** Saves policies, and says which one holds. An empty tenant is the default slot. */
public final class PolicyAdmin {
  private static final String POLICIES = "/v1/admin/policies";
  private static final String DRAFTS = POLICIES + "/drafts";

  private final AdminHttp http;

  PolicyAdmin(AdminHttp http) {
    this.http = http;
  }

  /** Drafts, the last saved first. */
  public List<PolicyDraft> drafts(String tenant, int limit, int offset) {
    JsonObject page =
        http.get(
            DRAFTS
                + new Parameters()
                    .with("tenant", tenant)
                    .with("limit", limit)
                    .with("offset", offset));
    return Reading.list(page, "drafts", PolicyDraft::of);
  }

  /** One draft. */
  public PolicyDraft draft(String id) {
    return PolicyDraft.of(http.get(DRAFTS + "/" + Parameters.segment(id)));
  }

  /** One draft, in one of its revisions. */
  public PolicyDraft draft(String id, int revision) {
    return PolicyDraft.of(
        http.get(DRAFTS + "/" + Parameters.segment(id) + "?revision=" + revision));
  }

  /**
   * Saves a new draft from its members as the gate knows them: {@code name}, {@code rego_source},
   * {@code tests_source}, {@code require_tests}, ...
   *
   * @throws AdminException with 400 and the compiler's words when it does not compile
   */
  public PolicyDraft create(JsonObject draft) {
    return PolicyDraft.of(http.post(DRAFTS, draft));
  }

  /**
   * Saves a new draft.
   *
   * @throws AdminException with 400 and the compiler's words when it does not compile
   */
  public PolicyDraft create(String name, String regoSource, String createdBy, String tenant) {
    return PolicyDraft.of(
        http.post(
            DRAFTS,
            body(
                "name",
                name,
                "rego_source",
                regoSource,
                "created_by",
                createdBy,
                "tenant",
                tenant)));
  }

  /** Saves a draft again, as a new revision; all of it is replaced. */
  public PolicyDraft update(String id, String name, String description, String regoSource) {
    return PolicyDraft.of(
        http.put(
            DRAFTS + "/" + Parameters.segment(id),
            body("name", name, "description", description, "rego_source", regoSource)));
  }

  /** Deletes a draft that nothing refers to. */
  public void delete(String id) {
    var unused = http.delete(DRAFTS + "/" + Parameters.segment(id));
  }

  /** What holds. */
  public PolicySlot active(String tenant) {
    return PolicySlot.of(http.get(POLICIES + "/active" + new Parameters().with("tenant", tenant)));
  }

  /** Puts a draft into force, in the very revision it was read in. */
  public PolicySlot promote(PolicyDraft draft, String promotedBy, String tenant) {
    return PolicySlot.of(
        http.post(POLICIES + "/active", named(draft, "promoted_by", promotedBy, tenant)));
  }

  /** Goes back to the default slot's policy. */
  public PolicySlot clear(String tenant) {
    return PolicySlot.of(
        http.delete(POLICIES + "/active" + new Parameters().with("tenant", tenant)));
  }

  /** Goes one step back. */
  public PolicySlot rollback(String rolledBackBy, String tenant) {
    return PolicySlot.of(
        http.post(POLICIES + "/rollback", body("rolled_back_by", rolledBackBy, "tenant", tenant)));
  }

  /**
   * Goes back.
   *
   * @param to an id of the history, {@code builtin}, or empty for one step
   */
  public PolicySlot rollback(String to, String rolledBackBy, String tenant) {
    return PolicySlot.of(
        http.post(
            POLICIES + "/rollback",
            body("to", to, "rolled_back_by", rolledBackBy, "tenant", tenant)));
  }

  /** Asks a second operator to go back; {@code to} as for a rollback. */
  public PolicySlot proposeRollback(String to, String proposedBy, String tenant) {
    return PolicySlot.of(
        http.post(
            POLICIES + "/propose",
            body("action", "rollback", "to", to, "proposed_by", proposedBy, "tenant", tenant)));
  }

  /** Asks a second operator to go back to the default slot's policy. */
  public PolicySlot proposeClear(String proposedBy, String tenant) {
    return PolicySlot.of(
        http.post(
            POLICIES + "/propose",
            body("action", "clear", "proposed_by", proposedBy, "tenant", tenant)));
  }

  /** Asks a second operator to put a draft into force. */
  public PolicySlot propose(PolicyDraft draft, String proposedBy, String tenant) {
    return PolicySlot.of(
        http.post(POLICIES + "/propose", named(draft, "proposed_by", proposedBy, tenant)));
  }

  /** Agrees to what was proposed, if it is still this very draft. */
  public PolicySlot approve(PolicyDraft draft, String actedBy, String tenant) {
    return approve(draft.revision(), draft.regoSha256(), actedBy, tenant);
  }

  /**
   * Agrees to what was proposed.
   *
   * @param revision the revision that was looked at; 0 where none was proposed
   * @param regoSha256 the hash that was looked at; empty where none was proposed
   */
  public PolicySlot approve(long revision, String regoSha256, String actedBy, String tenant) {
    return PolicySlot.of(
        http.post(
            POLICIES + "/approve",
            pinned(body("acted_by", actedBy, "tenant", tenant), revision, regoSha256)));
  }

  /** Refuses what was proposed. */
  public PolicySlot reject(String actedBy, String tenant) {
    return PolicySlot.of(
        http.post(POLICIES + "/reject", body("acted_by", actedBy, "tenant", tenant)));
  }

  /** What changed when, newest first; {@code next_cursor} goes on. */
  public JsonObject history(String tenant, int limit, String cursor) {
    return http.get(
        POLICIES
            + "/history"
            + new Parameters().with("tenant", tenant).with("limit", limit).with("cursor", cursor));
  }

  /**
   * What a policy would have decided about recorded calls. Nothing is changed.
   *
   * @param regoSource the policy
   * @param options further members of the request: {@code from}, {@code to}, {@code limit}, {@code
   *     max_samples}, {@code agent_id}, {@code tool}, {@code tenant}, ...
   */
  public JsonObject dryRun(String regoSource, JsonObject options) {
    return http.post(POLICIES + "/dry-run", options.toBuilder().put("rego", regoSource).build());
  }

  /**
   * What a policy would have decided, told while it runs: lines of JSON, {@code progress} again and
   * again and at last {@code result} or {@code error}. The caller closes it.
   */
  public InputStream dryRunLines(String regoSource, JsonObject options) {
    return http.lines(POLICIES + "/dry-run", options.toBuilder().put("rego", regoSource).build());
  }

  private static JsonObject named(PolicyDraft draft, String who, String name, String tenant) {
    return pinned(
        body("draft_id", draft.id(), who, name, "tenant", tenant),
        draft.revision(),
        draft.regoSha256());
  }

  private static JsonObject pinned(JsonObject members, long revision, String regoSha256) {
    JsonObject.Builder body = members.toBuilder();
    if (revision > 0) {
      body.put("revision", JsonValue.of(revision));
    }
    if (!regoSha256.isEmpty()) {
      body.put("rego_sha256", regoSha256);
    }
    return body.build();
  }

  /** An object of names and texts, without those that are empty. */
  private static JsonObject body(String... namesAndValues) {
    JsonObject.Builder body = JsonObject.builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!namesAndValues[i + 1].isEmpty()) {
        body.put(namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return body.build();
  }
}
