package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.audit.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log is verified as a stream: memory does not grow with it. */
class VerifyMemoryTest {
  private static final int EVENTS = 40_000;

  @TempDir Path folder;

  @Test
  void a_log_larger_than_the_memory_is_verified() throws Exception {
    Path log = folder.resolve("audit.jsonl");
    try (FileAuditStore store = FileAuditStore.open(log)) {
      CompletionStage<StoredEvent> last = null;
      for (int i = 0; i < EVENTS; i++) {
        last =
            store.append(
                AuditEvent.builder()
                    .at(Instant.parse("2026-01-01T00:00:00Z").plusMillis(i))
                    .decision(AuditDecision.ALLOW)
                    .tool("read_a")
                    .reason("r".repeat(1_200))
                    .build());
        if (i % 10_000 == 9_999) {
          last.toCompletableFuture().join();
        }
      }
    }
    assertThat(Files.size(log)).isGreaterThan(48L << 20);
    CommandProcess.Ran ran =
        new CommandProcess(folder, "-Xmx32m").run("audit", "verify", log.toString());
    assertThat(ran.code()).as("%s", ran).isZero();
    assertThat(ran.out()).contains("intact: " + EVENTS + " events");
  }
}
