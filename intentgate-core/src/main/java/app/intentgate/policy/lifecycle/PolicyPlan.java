package app.intentgate.policy.lifecycle;

import app.intentgate.operator.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Works out what an action on a slot comes to, and refuses what must not come into force. Reads the
 * store and changes nothing.
 */
final class PolicyPlan {
  private final PolicyStore store;
  private final PolicyCompiler compiler;

  PolicyPlan(PolicyStore store, PolicyCompiler compiler) {
    this.store = store;
    this.compiler = compiler;
  }

  /** Whose drafts an operator may see: a tenant's, or null for all. */
  static @Nullable String scope(Operator actor) {
    return actor.tenant().isEmpty() ? null : actor.tenant();
  }

  /**
   * What will be in force.
   *
   * @param target the revision; null for none of its own
   * @param restores the change that a rollback goes back to; null for the policy the gate started
   *     with, and for other actions
   */
  record Step(@Nullable RevisionRef target, @Nullable String restores) {}

  Step step(PolicySlot slot, PolicyTarget wish, Operator actor) {
    return switch (wish.action()) {
      case PROMOTE -> new Step(promoted(slot, wish, actor), null);
      case ROLLBACK -> rolledBack(slot, wish.to());
      case CLEAR -> new Step(null, null);
    };
  }

  private RevisionRef promoted(PolicySlot slot, PolicyTarget wish, Operator actor) {
    if (wish.draftId().isEmpty()) {
      throw PolicyChangeException.invalid("draft_id is required");
    }
    PolicyDraft draft =
        store
            .draft(wish.draftId(), scope(actor))
            .filter(d -> d.tenant().isEmpty() || d.tenant().equals(slot.tenant()))
            .orElseThrow(() -> PolicyChangeException.notFound("draft not found"));
    checkNamed(draft.ref(), wish.revision(), wish.sha256(), "the draft");
    return draft.ref();
  }

  /** Refuses when what is there is not what was named (B19). */
  static void checkNamed(
      @Nullable RevisionRef there, @Nullable Integer revision, String sha256, String what) {
    boolean otherRevision = revision != null && (there == null || there.revision() != revision);
    boolean otherText = !sha256.isEmpty() && (there == null || !there.sha256().equals(sha256));
    if (otherRevision || otherText) {
      throw PolicyChangeException.conflict(
          what
              + (there == null
                  ? " names no revision"
                  : " is at revision " + there.revision() + " with SHA-256 " + there.sha256())
              + ", which is not what was named");
    }
  }

  private Step rolledBack(PolicySlot slot, String to) {
    if (to.equals(PolicyTarget.BUILT_IN)) {
      return new Step(null, null);
    }
    String id = to.isEmpty() ? below(slot) : to;
    if (id == null) {
      return new Step(null, null);
    }
    Optional<PolicyChange> change = store.change(slot.tenant(), id);
    if (change.isEmpty()) {
      throw PolicyChangeException.notFound("no such change in this slot's history");
    }
    return new Step(change.get().target(), id);
  }

  /** One step back from what is in force; null for the policy the gate started with. */
  private @Nullable String below(PolicySlot slot) {
    PolicyChange current = changeOf(slot.tenant(), slot.changeId());
    if (current == null || (current.below() == null && slot.current() == null)) {
      throw PolicyChangeException.notFound("no previous policy to roll back to");
    }
    return current.below();
  }

  @Nullable PolicyChange changeOf(String tenant, @Nullable String id) {
    return id == null ? null : store.change(tenant, id).orElse(null);
  }

  /** What the change that is made now has below it: one step back restores that. */
  @Nullable String belowOf(PolicySlot slot, PolicyAction action, @Nullable String restores) {
    if (action != PolicyAction.ROLLBACK) {
      return slot.changeId();
    }
    PolicyChange restored = changeOf(slot.tenant(), restores);
    return restored == null ? null : restored.below();
  }

  /**
   * Refuses a revision that does not compile, does not decide, or whose tests must pass and do not.
   */
  void check(PolicySlot slot, @Nullable RevisionRef target) {
    if (target == null) {
      return;
    }
    PolicyDraft draft =
        store
            .referredTo(slot.tenant(), target)
            .orElseThrow(() -> PolicyChangeException.notFound("draft not found"));
    PolicyRevision revision = draft.at();
    compiler.compile(revision.source());
    if (!revision.requireTests()) {
      return;
    }
    if (revision.testsSource().isBlank()) {
      throw PolicyChangeException.conflict("the draft requires tests and has none");
    }
    PolicyTests.Results results = PolicyTests.run(revision.source(), revision.testsSource());
    if (!results.green()) {
      throw PolicyChangeException.conflict(
          results.failed().isEmpty()
              ? "the draft requires tests and has none"
              : results.failed().size()
                  + " of the draft's tests fail: "
                  + String.join(", ", results.failed().stream().limit(10).toList()));
    }
  }
}
