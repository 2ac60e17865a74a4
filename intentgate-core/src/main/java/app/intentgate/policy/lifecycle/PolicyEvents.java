package app.intentgate.policy.lifecycle;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditStore;
import app.intentgate.operator.Operator;
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
        AuditEvent.builder()
            .event(AuditEventNames.ADMIN)
            .at(clock.instant())
            .tool("admin/" + action)
            .decision(decision)
            .check("policy")
            .reason(reason)
            .tenant(tenant)
            .policySha256(target == null ? "" : target.sha256())
            .principal(actor.principal())
            .actor(by)
            .remoteIp(actor.remoteAddress())
            .elevationId(actor.elevationId())
            .build();
    try {
      audit.append(event).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw Stages.unwrap(e) instanceof RuntimeException cause ? cause : e;
    }
  }
}
