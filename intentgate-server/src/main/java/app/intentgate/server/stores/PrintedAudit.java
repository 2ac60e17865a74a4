package app.intentgate.server.stores;

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

/** An audit store whose events are printed, each after it was stored. */
public final class PrintedAudit implements AuditStore {
  private final AuditStore store;
  private final EventPrinter printer;

  /** Prints what this store stores; both are closed together. */
  public PrintedAudit(AuditStore store, EventPrinter printer) {
    this.store = store;
    this.printer = printer;
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    return store
        .append(event)
        .whenComplete(
            (stored, failure) -> {
              if (stored != null) {
                printer.print(stored);
              }
            });
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
    printer.close();
  }
}
