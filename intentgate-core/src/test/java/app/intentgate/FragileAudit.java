package app.intentgate;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditStore;
import app.intentgate.memory.MemoryAuditStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An audit store in memory that takes nothing while a test says so. */
final class FragileAudit {
  private final MemoryAuditStore events = new MemoryAuditStore();
  volatile boolean away;
  volatile @Nullable RuntimeException thrown;

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
              if (append && away) {
                return CompletableFuture.failedFuture(
                    new AuditException(AuditException.Code.STORE_UNAVAILABLE, "away"));
              }
              try {
                return method.invoke(events, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
