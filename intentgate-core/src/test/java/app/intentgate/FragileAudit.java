package app.intentgate;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.StoredEvent;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.store.Stages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An audit store in memory that takes nothing, or nothing yet, while a test says so. */
final class FragileAudit {
  private final MemoryAuditStore events = new MemoryAuditStore();
  volatile boolean away;
  volatile @Nullable RuntimeException thrown;

  /** What every event waits for before it is taken. */
  volatile CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);

  AuditStore store() {
    return (AuditStore)
        Proxy.newProxyInstance(
            AuditStore.class.getClassLoader(),
            new Class<?>[] {AuditStore.class},
            (proxy, method, arguments) -> {
              boolean append = method.getName().equals("append");
              if (append && thrown != null) {
                throw thrown;
              }
              if (append) {
                return Stages.then(ready, open -> append((AuditEvent) arguments[0]));
              }
              try {
                return method.invoke(events, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private CompletionStage<StoredEvent> append(AuditEvent event) {
    return away
        ? CompletableFuture.failedFuture(
            new AuditException(AuditException.Code.STORE_UNAVAILABLE, "away"))
        : events.append(event);
  }
}
