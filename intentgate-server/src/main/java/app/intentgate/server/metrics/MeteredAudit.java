package app.intentgate.server.metrics;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditHealth;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditVisitor;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.VerificationReport;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An audit store whose events are timed until they are durable. */
public final class MeteredAudit implements AuditStore {
  private final AuditStore store;
  private final GateMetrics metrics;

  /** Times the events of a store, which is closed together with this. */
  public MeteredAudit(AuditStore store, GateMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    long start = System.nanoTime();
    return store
        .append(event)
        .whenComplete((stored, failure) -> metrics.durable(System.nanoTime() - start));
  }

  @Override
  public AuditPage query(AuditQuery query) {
    return store.query(query);
  }

  @Override
  public void export(AuditQuery query, AuditVisitor visitor) {
    store.export(query, visitor);
  }

  @Override
  public VerificationReport verify(String tenant, @Nullable Instant from, @Nullable Instant to) {
    return store.verify(tenant, from, to);
  }

  @Override
  public List<ChainHead> heads() {
    return store.heads();
  }

  @Override
  public AuditHealth health() {
    return store.health();
  }

  @Override
  public void close() {
    store.close();
  }
}
