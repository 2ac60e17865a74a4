package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.memory.MemoryAuditStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many threads, one unbroken chain per tenant, each thread's events in its order. */
@Timeout(120)
@ExtendWith(QuietLog.class)
class ConcurrentAppendTest {
  private static final int THREADS = 8;
  private static final int EACH = 400;
  private static final List<String> TENANTS = List.of("", "acme", "globex");

  @TempDir private Path directory;

  private static void appendFromManyThreads(AuditStore store) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<CompletionStage<StoredEvent>>>> threads = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        threads.add(pool.submit(() -> appendFromOne(store, thread)));
      }
      for (Future<List<CompletionStage<StoredEvent>>> thread : threads) {
        for (CompletionStage<StoredEvent> stage : thread.get()) {
          FileAuditStoreTest.get(stage);
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  private static List<CompletionStage<StoredEvent>> appendFromOne(AuditStore store, int thread) {
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      AuditEvent event =
          RandomEvents.call(TENANTS.get(i % TENANTS.size()))
              .agentId("agent-" + thread)
              .latencyMs(i)
              .build();
      stages.add(store.append(event));
    }
    return stages;
  }

  private static void assertUnbroken(AuditStore store) {
    long verified = 0;
    for (String tenant : TENANTS) {
      VerificationReport report = store.verify(tenant, null, null);
      assertThat(report.broken()).isNull();
      verified += report.verified();
    }
    assertThat(verified).isEqualTo(THREADS * EACH);
    assertThat(store.heads()).hasSize(TENANTS.size());
    for (int thread = 0; thread < THREADS; thread++) {
      for (String tenant : TENANTS) {
        List<Long> order = new ArrayList<>();
        store.export(
            AuditQuery.builder().agentId("agent-" + thread).build(),
            stored -> {
              if (stored.event().tenant().equals(tenant)) {
                order.add(stored.event().latencyMs());
              }
              return true;
            });
        assertThat(order).isSorted().hasSizeGreaterThan(EACH / TENANTS.size() - 1);
      }
    }
  }

  @Test
  void inAFile() throws Exception {
    Path log = directory.resolve("audit.jsonl");
    try (FileAuditStore store = FileAuditStore.open(log)) {
      appendFromManyThreads(store);
      assertUnbroken(store);
    }
    try (FileAuditStore store = FileAuditStore.open(log)) {
      assertUnbroken(store);
    }
  }

  @Test
  void inMemory() throws Exception {
    try (MemoryAuditStore store = new MemoryAuditStore()) {
      appendFromManyThreads(store);
      assertUnbroken(store);
    }
  }

  @Test
  void verificationAndQueriesHoldWhileOthersAppend() throws Exception {
    try (FileAuditStore file = FileAuditStore.open(directory.resolve("busy.jsonl"));
        MemoryAuditStore memory = new MemoryAuditStore(100)) {
      for (AuditStore store : List.of(file, memory)) {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
          Future<?> appending =
              pool.submit(
                  () -> {
                    appendFromManyThreads(store);
                    return null;
                  });
          while (!appending.isDone()) {
            for (String tenant : TENANTS) {
              VerificationReport report = store.verify(tenant, null, null);
              assertThat(report.broken()).as(store.getClass().getSimpleName()).isNull();
            }
            store.query(AuditQuery.builder().tool("read_invoice").count(true).build());
          }
          appending.get();
        } finally {
          pool.shutdown();
        }
      }
    }
  }
}
