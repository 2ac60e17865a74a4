package app.intentgate.audit;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hands everything on to another store, which is closed together with this. For stores that do one
 * thing more: extend it and override that one method.
 */
public abstract class ForwardingAuditStore implements AuditStore {
  private final AuditStore store;

  /** Forwards to this store. */
  protected ForwardingAuditStore(AuditStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    return store.append(event);
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
  public void exportLines(AuditQuery query, LineVisitor visitor) {
    store.exportLines(query, visitor);
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
