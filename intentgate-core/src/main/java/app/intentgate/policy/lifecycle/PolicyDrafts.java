package app.intentgate.policy.lifecycle;

import app.intentgate.audit.AuditDecision;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonValue;
import app.intentgate.operator.Operator;
import app.intentgate.policy.lifecycle.PolicyChangeException.Code;
import app.intentgate.policy.lint.PolicyLint;
import app.intentgate.text.WellFormed;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Saving drafts (B18, B19): what is saved compiles and decides, and is never changed again. Blocks.
 * Thread-safe.
 */
public final class PolicyDrafts {
  static final int MAX_NAME = 256;
  private static final int MAX_DESCRIPTION = 16_384;
  private static final int ATTEMPTS = 20;
  private static final String NOT_FOUND = "draft not found";

  private final PolicyStore store;
  private final PolicyCompiler compiler;
  private final PolicyEvents events;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  PolicyDrafts(PolicyStore store, PolicyCompiler compiler, PolicyEvents events, Clock clock) {
    this.store = store;
    this.compiler = compiler;
    this.events = events;
    this.clock = clock;
  }

  /** What a draft is checked against when it is replaced or deleted. */
  public static String etag(PolicyDraft draft) {
    return "\"" + draft.at().number() + "-" + draft.at().sha256().substring(0, 16) + "\"";
  }

  /**
   * Saves a new draft.
   *
   * @param tenant whose; empty for the default slot
   * @param createdBy the name its author wrote
   */
  public PolicyDraft create(String tenant, DraftText text, String createdBy, Operator actor) {
    checkLength("created_by", createdBy, MAX_NAME);
    byte[] id = new byte[8];
    random.nextBytes(id);
    Instant now = now();
    String name = HexFormat.of().formatHex(id);
    PolicyRevision revision = revision(name, 1, text, actor, now);
    PolicyDraft draft = new PolicyDraft(name, tenant, createdBy, now, revision);
    store.create(draft);
    record("create_policy_draft", "created", draft, createdBy, actor);
    return draft;
  }

  /** Drafts, the one saved last first; those of every tenant when it is null. */
  public List<PolicyDraft> list(@Nullable String tenant, int limit, int offset) {
    return store.drafts(tenant, limit, offset);
  }

  /** A draft that the actor may see. */
  public PolicyDraft draft(String id, Operator actor) {
    return store
        .draft(id, PolicyPlan.scope(actor))
        .orElseThrow(() -> PolicyChangeException.notFound(NOT_FOUND));
  }

  /** A draft that the actor may see, as it stood at a revision. */
  public PolicyDraft draftAt(String id, int revision, Operator actor) {
    return store
        .draftAt(id, revision, PolicyPlan.scope(actor))
        .orElseThrow(() -> PolicyChangeException.notFound(NOT_FOUND));
  }

  /** The draft that a tenant's slot refers to, as it stood at that revision. */
  public PolicyDraft inSlot(String tenant, RevisionRef ref) {
    return store
        .referredTo(tenant, ref)
        .orElseThrow(() -> PolicyChangeException.notFound(NOT_FOUND));
  }

  /**
   * Saves another revision of a draft.
   *
   * @param ifMatch the etag it must have, {@code *} for any, or null when the last one wins
   */
  public PolicyDraft replace(String id, DraftText text, @Nullable String ifMatch, Operator actor) {
    checkMatch(draft(id, actor), ifMatch);
    PolicyRevision first = revision(id, 1, text, actor, now());
    for (int i = 0; i < ATTEMPTS; i++) {
      PolicyDraft before = draft(id, actor);
      checkMatch(before, ifMatch);
      PolicyRevision next = numbered(first, before.at().number() + 1);
      if (store.revise(next, before.tenant())) {
        PolicyDraft draft = before.at(next);
        record("update_policy_draft", "updated", draft, "", actor);
        return draft;
      }
    }
    throw PolicyChangeException.conflict("the draft is being changed by others; try again");
  }

  /**
   * Deletes a draft to which no slot refers.
   *
   * @param ifMatch the etag it must have, {@code *} for any, or null
   */
  public void delete(String id, @Nullable String ifMatch, Operator actor) {
    PolicyDraft draft = draft(id, actor);
    checkMatch(draft, ifMatch);
    switch (store.delete(id, draft.tenant())) {
      case DELETED -> record("delete_policy_draft", "deleted", draft, "", actor);
      case UNKNOWN -> throw PolicyChangeException.notFound(NOT_FOUND);
      case IN_USE ->
          throw PolicyChangeException.conflict(
              "draft is the current or previous active policy; promote a different draft or"
                  + " rollback first");
    }
  }

  private static void checkMatch(PolicyDraft draft, @Nullable String ifMatch) {
    if (ifMatch != null && !ifMatch.strip().equals("*") && !ifMatch.strip().equals(etag(draft))) {
      throw new PolicyChangeException(
          Code.STALE, "the draft is at " + etag(draft) + " by now", List.of());
    }
  }

  private PolicyRevision revision(
      String id, int number, DraftText text, Operator actor, Instant now) {
    checkLength("name", text.name(), MAX_NAME);
    checkLength("description", text.description(), MAX_DESCRIPTION);
    checkText("rego_source", text.source());
    checkText("tests_source", text.testsSource());
    if (text.source().isBlank()) {
      throw PolicyChangeException.invalid("rego_source is required");
    }
    compiler.compile(text.source());
    PolicyTests.Results tests =
        text.testsSource().isBlank() ? null : PolicyTests.run(text.source(), text.testsSource());
    List<JsonValue> warnings =
        PolicyLint.check(PolicyCompiler.FILE, text.source()).stream()
            .map(warning -> (JsonValue) warning.toJson())
            .toList();
    return new PolicyRevision(
        id,
        number,
        text.name(),
        text.description(),
        text.source(),
        PolicyCompiler.sha256(text.source()),
        text.testsSource(),
        text.requireTests(),
        JsonArray.copyOf(warnings),
        tests == null ? null : tests.document(),
        actor.principal(),
        now);
  }

  private PolicyRevision numbered(PolicyRevision r, int number) {
    return new PolicyRevision(
        r.draftId(),
        number,
        r.name(),
        r.description(),
        r.source(),
        r.sha256(),
        r.testsSource(),
        r.requireTests(),
        r.warnings(),
        r.testResults(),
        r.savedBy(),
        now());
  }

  static void checkLength(String member, String text, int max) {
    if (text.length() > max) {
      throw PolicyChangeException.invalid(
          member + " has " + text.length() + " characters; it may have " + max);
    }
    checkText(member, text);
  }

  /** A text that has no UTF-8 has no SHA-256 that others would find. */
  private static void checkText(String member, String text) {
    if (!WellFormed.isWellFormed(text)) {
      throw PolicyChangeException.invalid(member + " holds half a character");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void record(String action, String done, PolicyDraft draft, String by, Operator actor) {
    String reason =
        "policy draft "
            + done
            + ": tenant="
            + draft.tenant()
            + " draft="
            + draft.id()
            + " revision="
            + draft.at().number();
    events.record(action, AuditDecision.ALLOW, reason, draft.tenant(), draft.ref(), by, actor);
  }
}
