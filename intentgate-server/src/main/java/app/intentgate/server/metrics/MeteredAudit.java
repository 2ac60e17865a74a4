package app.intentgate.server.metrics;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.ForwardingAuditStore;
import app.intentgate.audit.StoredEvent;
import java.util.concurrent.CompletionStage;

/** An audit store whose events are timed until they are durable. */
public final class MeteredAudit extends ForwardingAuditStore {
  private final GateMetrics metrics;

  /** Times the events of a store, which is closed together with this. */
  public MeteredAudit(AuditStore store, GateMetrics metrics) {
    super(store);
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    long start = System.nanoTime();
    return super.append(event)
        .whenComplete((stored, failure) -> metrics.durable(System.nanoTime() - start));
  }
}
