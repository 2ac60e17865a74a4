package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.memory.MemoryAuditStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store before another gives what that one gives. */
class ForwardingAuditStoreTest {
  private final MemoryAuditStore inner = new MemoryAuditStore();
  private final AuditStore store = new ForwardingAuditStore(inner) {};

  private List<StoredEvent> append(int count) {
    List<StoredEvent> stored = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AuditEvent event = RandomEvents.call("acme").callId("call-" + i).build();
      stored.add(store.append(event).toCompletableFuture().join());
    }
    return stored;
  }

  @Test
  void everything_is_handed_on() {
    List<StoredEvent> stored = append(3);

    assertThat(stored).extracting(StoredEvent::seq).containsExactly(1L, 2L, 3L);
    assertThat(store.query(AuditQuery.builder().oldestFirst().build()).events()).isEqualTo(stored);
    List<StoredEvent> exported = new ArrayList<>();
    store.export(AuditQuery.all(), exported::add);
    assertThat(exported).isEqualTo(stored);
    VerificationReport report = store.verify("acme", null, null);
    assertThat(report.verified()).isEqualTo(3);
    assertThat(store.verify("acme", Instant.MAX, null).verified()).isZero();
    assertThat(store.heads()).isEqualTo(inner.heads()).hasSize(1);
    assertThat(store.health()).isEqualTo(inner.health());
    assertThat(store.health().appended()).isEqualTo(3);
  }

  @Test
  void lines_are_exported_until_their_reader_has_enough() {
    List<StoredEvent> stored = append(5);
    List<StoredEvent> read = new ArrayList<>();
    store.exportLines(
        AuditQuery.all(),
        line -> {
          read.add(line.read());
          return read.size() < 3;
        });
    assertThat(read).isEqualTo(stored.subList(0, 3));
  }

  @Test
  void closing_it_closes_the_other() {
    List<String> closed = new ArrayList<>();
    AuditStore outer =
        new ForwardingAuditStore(
            new ForwardingAuditStore(inner) {
              @Override
              public void close() {
                closed.add("inner");
              }
            }) {};
    outer.close();
    assertThat(closed).containsExactly("inner");
  }
}
