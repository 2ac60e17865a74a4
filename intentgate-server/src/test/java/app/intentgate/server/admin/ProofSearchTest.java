package app.intentgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.StoredEvent;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.server.admin.ProofSearch.Found;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events without an index are looked for among a bounded number, and that is said. */
class ProofSearchTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  /** More than a page of the log. */
  private static final int EVENTS = 2_500;

  private final MemoryAuditStore audit = new MemoryAuditStore();

  ProofSearchTest() {
    for (int i = 0; i < EVENTS; i++) {
      audit
          .append(
              AuditEvent.builder()
                  .at(at(i))
                  .decision(AuditDecision.ALLOW)
                  .tenant(i % 5 == 4 ? "other" : "acme")
                  .sessionId("session-" + i % 2)
                  .eventId("event-" + i)
                  .callId("call-" + i / 2)
                  .tool("tool")
                  .latencyMs(1)
                  .build())
          .toCompletableFuture()
          .join();
    }
  }

  @AfterEach
  void close() {
    audit.close();
  }

  private static Instant at(int event) {
    return START.plusSeconds(event);
  }

  private ProofSearch search(int lookedAt, String tenant, @Nullable Instant to) {
    return new ProofSearch(audit, lookedAt, tenant, null, to);
  }

  private static List<Instant> times(Found found) {
    return found.events().stream().map(StoredEvent::event).map(AuditEvent::at).toList();
  }

  @Test
  void a_session_is_found_whole_and_oldest_first_where_there_are_no_more_events_than_that() {
    Found found = search(EVENTS, "", null).session("session-1");
    assertThat(found.since()).isNull();
    assertThat(found.events()).hasSize(EVENTS / 2);
    assertThat(times(found)).isSorted().startsWith(at(1)).endsWith(at(EVENTS - 1));
  }

  @Test
  void of_more_events_the_newest_are_looked_at_and_since_when_is_said() {
    Found found = search(1_200, "", null).session("session-1");
    assertThat(found.events()).hasSize(600);
    assertThat(found.since()).isEqualTo(at(EVENTS - 1_200));
    assertThat(times(found)).isSorted();

    Found before = search(1_200, "", at(EVENTS - 1_201)).session("session-1");
    assertThat(times(before)).isSorted().endsWith(at(EVENTS - 1_201));
    assertThat(before.since()).isEqualTo(at(EVENTS - 2_400));
  }

  @Test
  void only_events_of_the_tenant_are_looked_at_and_counted() {
    Found found = search(EVENTS * 4 / 5, "acme", null).session("session-0");
    assertThat(found.since()).isNull();
    assertThat(found.events()).hasSize(EVENTS * 2 / 5);
    assertThat(found.events()).allMatch(event -> event.event().tenant().equals("acme"));
    assertThat(search(EVENTS, "nobody", null).session("session-0").events()).isEmpty();
  }

  @Test
  void a_call_is_found_by_its_id_wherever_it_is_and_by_its_event_among_those_looked_at() {
    assertThat(times(search(10, "", null).call("call-3"))).containsExactly(at(6), at(7));
    Found near = search(10, "", null).call("event-" + (EVENTS - 1));
    assertThat(times(near)).containsExactly(at(EVENTS - 2), at(EVENTS - 1));
    Found far = search(10, "", null).call("event-0");
    assertThat(far.events()).isEmpty();
    assertThat(far.since()).isEqualTo(at(EVENTS - 10));
  }
}
