package app.intentgate.jdbc.testing;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.StoredEvent;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Events of one tenant that differ in their call id, for tests that look for which were stored. */
public final class TestCalls {
  private TestCalls() {}

  /** That a call was allowed. */
  public static AuditEvent event(String callId) {
    return AuditEvent.builder()
        .at(Instant.parse("2026-05-11T22:30:00Z"))
        .decision(AuditDecision.ALLOW)
        .phase(AuditPhase.DECISION)
        .tenant("acme")
        .callId(callId)
        .build();
  }

  /** The same, stored; fails as the append does. */
  public static StoredEvent appended(AuditStore store, String callId) {
    return store.append(event(callId)).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
