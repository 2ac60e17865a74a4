package app.intentgate.server.stores;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.memory.MemoryAuditStore;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventPrinterTest {
  private static AuditEvent event(int i) {
    return AuditEvent.builder()
        .at(Instant.parse("2026-01-02T03:04:05Z"))
        .decision(AuditDecision.ALLOW)
        .tool("read_" + i)
        .build();
  }

  @Test
  void whatIsStoredIsPrintedLineByLineWithItsHash() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<StoredEvent> stored = new ArrayList<>();
    try (PrintedAudit audit = new PrintedAudit(new MemoryAuditStore(), new EventPrinter(out))) {
      for (int i = 0; i < 100; i++) {
        stored.add(audit.append(event(i)).toCompletableFuture().get());
      }
    }

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(stored.stream().map(EventJson::text).toList());
  }

  @Test
  void aReaderThatStopsDelaysNothingAndWhatIsSkippedIsCounted() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            try {
              released.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    EventPrinter printer = new EventPrinter(stuck);
    StoredEvent event = new StoredEvent(event(0), 1, "", "");
    for (int i = 0; i < 30_000; i++) {
      printer.print(event);
    }

    assertThat(printer.skipped()).isBetween(10_000L, 20_000L);
    released.countDown();
    printer.close();
  }
}
