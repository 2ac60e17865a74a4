package app.intentgate.policy.lifecycle;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditStore;
import app.intentgate.operator.Operator;
import app.intentgate.operator.OperatorEvents;
import app.intentgate.store.Stages;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Puts what operators do to policies on the audit chain (B31), and waits until it is there. The
 * facts are in the reason as clients know them; hash and principal are members of their own.
 */
final class PolicyEvents {
  private final AuditStore audit;
  private final Clock clock;

  PolicyEvents(AuditStore audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  void record(
      String action,
      AuditDecision decision,
      String reason,
      String tenant,
      @Nullable RevisionRef target,
      String by,
      Operator actor) {
    AuditEvent event =
        OperatorEvents.event(actor, "admin/" + action, clock.instant())
            .decision(decision)
            .check("policy")
            .reason(reason)
            .tenant(tenant)
            .policySha256(target == null ? "" : target.sha256())
            .actor(by)
            .build();
    try {
      audit.append(event).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw Stages.unwrap(e) instanceof RuntimeException cause ? cause : e;
    }
  }

  void proposed(String tenant, PolicyProposal proposal, Operator actor) {
    record(
        "propose_policy",
        AuditDecision.ALLOW,
        "policy proposed: tenant="
            + tenant
            + " draft="
            + draftOf(proposal.target())
            + " action="
            + proposal.action().wireName()
            + " by="
            + proposal.by(),
        tenant,
        proposal.target(),
        proposal.by(),
        actor);
  }

  void rejected(String tenant, PolicyProposal proposal, String by, Operator actor) {
    record(
        "reject_policy",
        AuditDecision.BLOCK,
        "policy proposal rejected: tenant="
            + tenant
            + " draft="
            + draftOf(proposal.target())
            + " by="
            + by,
        tenant,
        proposal.target(),
        by,
        actor);
  }

  void shadowed(String tenant, @Nullable PolicyShadow shadow, Operator actor) {
    RevisionRef target = shadow == null ? null : shadow.target();
    record(
        "shadow_policy",
        AuditDecision.ALLOW,
        "policy shadow "
            + (shadow == null ? "ended" : "begun")
            + ": tenant="
            + tenant
            + " draft="
            + draftOf(target),
        tenant,
        target,
        "",
        actor);
  }

  /** What was in force is so no more; nobody approved that when {@code approvedBy} is empty. */
  void changed(
      PolicySlot before,
      PolicyAction action,
      PolicySlot after,
      String by,
      String approvedBy,
      Operator actor) {
    String tenant = after.tenant();
    RevisionRef target = after.current();
    String draft = " draft=" + draftOf(target);
    String prior = " prior=" + draftOf(before.current());
    if (!approvedBy.isEmpty()) {
      String what = draft + prior + " action=" + action.wireName() + " proposed_by=" + by;
      record(
          "approve_policy",
          AuditDecision.ALLOW,
          "policy approved: tenant=" + tenant + what + " approved_by=" + approvedBy,
          tenant,
          target,
          approvedBy,
          actor);
      return;
    }
    String reason =
        switch (action) {
          case PROMOTE -> "policy promoted: tenant=" + tenant + draft + prior;
          case ROLLBACK -> "policy rolled back to: tenant=" + tenant + draft;
          case CLEAR -> "policy cleared: tenant=" + tenant + prior;
        };
    record(
        action.wireName() + "_policy",
        AuditDecision.ALLOW,
        reason + " by=" + by,
        tenant,
        target,
        by,
        actor);
  }

  private static String draftOf(@Nullable RevisionRef ref) {
    return ref == null ? "" : ref.draftId();
  }
}
