package app.intentgate.policy.lifecycle;

import app.intentgate.operator.Operator;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changing what is in force (B18-B20, B51, B53): each change of a slot is atomic, one after the
 * other, and on the audit chain before it is answered. Whether it is in force on this gate by then
 * is said by {@link PolicyOutcome#swapped}. The operator is recorded, and of a tenant sees only its
 * drafts; that they may change the tenant's slot is the caller's to see to. Blocks. Thread-safe.
 *
 * <p>What is not granted is a {@link PolicyChangeException} and changed nothing. Any method fails
 * with {@link app.intentgate.store.StoreUnavailableException} when the store cannot answer, and
 * with {@link app.intentgate.audit.AuditException} when what was done could not be recorded: it is
 * done all the same.
 */
public final class PolicyChanges {
  private static final int ATTEMPTS = 50;
  private static final String NEEDS_SECOND =
      "this gateway requires a second operator to approve policy changes: POST"
          + " /v1/admin/policies/propose, then have a different operator POST"
          + " /v1/admin/policies/approve";
  private static final String SELF =
      "a policy cannot be approved by the operator who proposed it; a different operator must"
          + " approve this change";
  private static final String NOTHING_WAITS = "no policy is awaiting approval";

  private final PolicyStore store;
  private final PolicyPlan plan;
  private final PolicySync sync;
  private final PolicyEvents events;
  private final boolean requireApproval;
  private final Supplier<String> ids;
  private final Clock clock;

  PolicyChanges(
      PolicyStore store,
      PolicyPlan plan,
      PolicySync sync,
      PolicyEvents events,
      boolean requireApproval,
      Supplier<String> ids,
      Clock clock) {
    this.store = store;
    this.plan = plan;
    this.sync = sync;
    this.events = events;
    this.requireApproval = requireApproval;
    this.ids = ids;
    this.clock = clock;
  }

  /** Whether a second operator must approve each change. */
  public boolean requiresApproval() {
    return requireApproval;
  }

  /** A tenant's slot; the default one for an empty tenant. */
  public PolicySlot slot(String tenant) {
    return store.slot(tenant);
  }

  /**
   * A slot's history, newest first.
   *
   * @param cursor from the page before, or null for the first
   * @throws PolicyChangeException {@code INVALID} when the cursor is none of the store's
   */
  public PolicyHistory history(String tenant, int limit, @Nullable String cursor) {
    try {
      return store.history(tenant, limit, cursor);
    } catch (IllegalArgumentException e) {
      throw PolicyChangeException.invalid("invalid cursor");
    }
  }

  /**
   * Changes a slot at once, where no second operator is needed. Clearing the default slot does
   * nothing.
   *
   * @param tenant whose slot; empty for the default one
   * @param by the name the operator wrote; may be empty
   * @throws PolicyChangeException {@code NOT_FOUND} when there is no such draft, change or earlier
   *     policy; {@code INVALID} when the draft does not compile or does not decide, its tests do
   *     not compile, or the name is too long; {@code CONFLICT} when a second operator is required,
   *     the draft is not at the revision named, its tests must pass and do not, or others change
   *     the slot all the time
   */
  public PolicyOutcome change(String tenant, PolicyTarget wish, String by, Operator actor) {
    PolicyDrafts.checkLength("by", by, PolicyDrafts.MAX_NAME);
    if (wish.action() == PolicyAction.CLEAR && tenant.isEmpty()) {
      return new PolicyOutcome(store.slot(tenant), false, List.of());
    }
    if (requireApproval) {
      throw PolicyChangeException.conflict(NEEDS_SECOND);
    }
    return retrying(
        () -> {
          PolicySlot slot = store.slot(tenant);
          PolicyPlan.Step step = plan.step(slot, wish, actor);
          plan.check(slot, step.target());
          if (isNothingNew(slot, wish.action(), step)) {
            events.changed(slot, wish.action(), slot, by, "", actor);
            return loaded(slot);
          }
          PolicyChange change =
              new PolicyChange(
                  ids.get(),
                  tenant,
                  wish.action(),
                  step.target(),
                  plan.belowOf(slot, wish.action(), step.restores()),
                  by,
                  actor.principal(),
                  "",
                  "",
                  clock.instant().truncatedTo(ChronoUnit.MICROS));
          return put(slot, change, by, actor);
        });
  }

  /** Promoting what is in force, or clearing what is empty, leaves no trace in history. */
  private static boolean isNothingNew(PolicySlot slot, PolicyAction action, PolicyPlan.Step step) {
    return switch (action) {
      case PROMOTE -> Objects.equals(step.target(), slot.current());
      case CLEAR -> slot.current() == null && slot.proposal() == null;
      case ROLLBACK -> false;
    };
  }

  private @Nullable PolicyOutcome put(
      PolicySlot slot, PolicyChange change, String by, Operator actor) {
    PolicyChange below = plan.changeOf(slot.tenant(), change.below());
    PolicySlot next = slot.after(change, below == null ? null : below.target());
    RevisionRef target = change.target();
    String needed =
        change.action() == PolicyAction.PROMOTE && target != null ? target.draftId() : null;
    if (!store.put(next, change, needed)) {
      return null;
    }
    PolicyOutcome outcome = loaded(next);
    events.changed(slot, change.action(), next, by, change.approvedBy(), actor);
    return outcome;
  }

  private PolicyOutcome loaded(PolicySlot slot) {
    boolean swapped = sync.load(slot);
    return new PolicyOutcome(slot, swapped, sync.notLoaded(slot));
  }

  /**
   * Proposes a change to a second operator; it takes the place of one that waits. The default slot
   * cannot be cleared: approved, that would put in force what the gate started with.
   *
   * @param by the name of who proposes it; a blank one is refused
   * @throws PolicyChangeException as {@link #change} does, and {@code INVALID} for a blank name
   */
  public PolicyOutcome propose(String tenant, PolicyTarget wish, String by, Operator actor) {
    if (by.isBlank()) {
      throw PolicyChangeException.invalid(
          "proposed_by is required: an approval can only show that two people were involved if"
              + " both are named");
    }
    PolicyDrafts.checkLength("proposed_by", by, PolicyDrafts.MAX_NAME);
    if (wish.action() == PolicyAction.CLEAR && tenant.isEmpty()) {
      throw PolicyChangeException.conflict(
          "the default policy cannot be cleared: name a tenant, or propose a rollback");
    }
    return retrying(
        () -> {
          PolicySlot slot = store.slot(tenant);
          PolicyPlan.Step step = plan.step(slot, wish, actor);
          plan.check(slot, step.target());
          PolicyProposal proposal =
              new PolicyProposal(
                  wish.action(),
                  step.target(),
                  step.restores(),
                  by,
                  actor.principal(),
                  clock.instant().truncatedTo(ChronoUnit.MICROS));
          PolicySlot next = slot.withProposal(proposal);
          RevisionRef target = step.target();
          String needed =
              wish.action() == PolicyAction.PROMOTE && target != null ? target.draftId() : null;
          if (!store.put(next, null, needed)) {
            return null;
          }
          events.proposed(tenant, proposal, actor);
          return new PolicyOutcome(next, false, List.of());
        });
  }

  /**
   * Approves the change that waits, and puts it in force.
   *
   * @param by the name of who approves it: not blank, and not the proposer's
   * @param revision the revision that is approved; null for whatever waits
   * @param sha256 the hash of what is approved; empty for whatever waits
   * @param actor who approves it; where a second operator is required, not of the proposer's
   *     principal
   * @throws PolicyChangeException as {@link #change} does; {@code INVALID} for a blank name; {@code
   *     NOT_FOUND} when nothing waits; {@code CONFLICT} when the proposer approves it, or something
   *     else waits than was named
   */
  public PolicyOutcome approve(
      String tenant, String by, @Nullable Integer revision, String sha256, Operator actor) {
    if (by.isBlank()) {
      throw PolicyChangeException.invalid(
          "acted_by is required: an unnamed approver cannot evidence a second pair of eyes");
    }
    PolicyDrafts.checkLength("acted_by", by, PolicyDrafts.MAX_NAME);
    return retrying(
        () -> {
          PolicySlot slot = store.slot(tenant);
          PolicyProposal proposal = waiting(slot);
          PolicyPlan.checkNamed(proposal.target(), revision, sha256, "the proposal");
          boolean same = by.strip().equals(proposal.by().strip());
          if (same || (requireApproval && actor.principal().equals(proposal.principal()))) {
            throw PolicyChangeException.conflict(SELF);
          }
          plan.check(slot, proposal.target());
          PolicyChange change =
              new PolicyChange(
                  ids.get(),
                  tenant,
                  proposal.action(),
                  proposal.target(),
                  plan.belowOf(slot, proposal.action(), proposal.restores()),
                  proposal.by(),
                  proposal.principal(),
                  by,
                  actor.principal(),
                  clock.instant().truncatedTo(ChronoUnit.MICROS));
          return put(slot, change, proposal.by(), actor);
        });
  }

  /**
   * Rejects the change that waits; nothing comes into force.
   *
   * @param by the name of who rejects it, perhaps the proposer's; a blank one is refused
   * @throws PolicyChangeException {@code NOT_FOUND} when nothing waits, {@code INVALID} for a blank
   *     name
   */
  public PolicyOutcome reject(String tenant, String by, Operator actor) {
    if (by.isBlank()) {
      throw PolicyChangeException.invalid("acted_by is required");
    }
    PolicyDrafts.checkLength("acted_by", by, PolicyDrafts.MAX_NAME);
    return retrying(
        () -> {
          PolicySlot slot = store.slot(tenant);
          PolicyProposal proposal = waiting(slot);
          PolicySlot next = slot.withProposal(null);
          if (!store.put(next, null, null)) {
            return null;
          }
          events.rejected(tenant, proposal, by, actor);
          return new PolicyOutcome(next, false, List.of());
        });
  }

  /**
   * Evaluates a draft beside the policy in force from now on, or nothing any more.
   *
   * @param wish a {@linkplain PolicyTarget#promote promotion}, of which only the draft is looked
   *     at; null to end it
   * @throws PolicyChangeException {@code NOT_FOUND} when there is no such draft, {@code CONFLICT}
   *     when it is not at the revision named
   */
  public PolicySlot shadow(String tenant, @Nullable PolicyTarget wish, Operator actor) {
    return retrying(
        () -> {
          PolicySlot slot = store.slot(tenant);
          PolicyShadow shadow = null;
          if (wish != null) {
            RevisionRef target = Objects.requireNonNull(plan.step(slot, wish, actor).target());
            shadow =
                new PolicyShadow(
                    target, actor.principal(), clock.instant().truncatedTo(ChronoUnit.MICROS));
          }
          PolicySlot next = slot.withShadow(shadow);
          if (!store.put(next, null, null)) {
            return null;
          }
          sync.load(next);
          events.shadowed(tenant, shadow, actor);
          return next;
        });
  }

  private static PolicyProposal waiting(PolicySlot slot) {
    PolicyProposal proposal = slot.proposal();
    if (proposal == null) {
      throw PolicyChangeException.notFound(NOTHING_WAITS);
    }
    return proposal;
  }

  /** Tries again from what the slot says by then, whenever another change came first. */
  private static <T> T retrying(Supplier<@Nullable T> attempt) {
    for (int i = 0; i < ATTEMPTS; i++) {
      T done = attempt.get();
      if (done != null) {
        return done;
      }
    }
    throw PolicyChangeException.conflict("the policy is being changed by others; try again");
  }
}
