package app.intentgate.server.stores;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.ForwardingAuditStore;
import app.intentgate.audit.StoredEvent;
import java.util.concurrent.CompletionStage;

/** An audit store whose events are printed, each after it was stored. */
public final class PrintedAudit extends ForwardingAuditStore {
  private final EventPrinter printer;

  /** Prints what this store stores; both are closed together. */
  public PrintedAudit(AuditStore store, EventPrinter printer) {
    super(store);
    this.printer = printer;
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    return super.append(event)
        .whenComplete(
            (stored, failure) -> {
              if (stored != null) {
                printer.print(stored);
              }
            });
  }

  @Override
  public void close() {
    super.close();
    printer.close();
  }
}
