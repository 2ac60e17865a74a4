package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages between two times hold what they hold without the table that narrows them. */
class SqliteTimesTest {
  private static final Instant START = Instant.parse("2026-05-11T22:30:00Z");
  private static final int EVENTS = 5_000;

  @TempDir Path directory;
  private final Random random = new Random(77);

  /** Times that grow, but for a clock that is set back and events that come hours late. */
  private List<AuditEvent> events() {
    List<AuditEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      long second = i < EVENTS / 2 ? i : i - 900;
      long late = random.nextInt(200) == 0 ? random.nextInt(7_200) : random.nextInt(3);
      events.add(
          AuditEvent.builder()
              .decision(AuditDecision.ALLOW)
              .tenant(i % 3 == 0 ? "globex" : "acme")
              .at(START.plusSeconds(second - late))
              .tool("tool_" + i % 7)
              .callId("call-" + i)
              .build());
    }
    return events;
  }

  private static List<StoredEvent> append(JdbcAuditStore store, List<AuditEvent> events) {
    List<CompletableFuture<StoredEvent>> stages = new ArrayList<>();
    for (AuditEvent event : events) {
      stages.add(store.append(event).toCompletableFuture());
    }
    return stages.stream().map(stage -> stage.orTimeout(60, TimeUnit.SECONDS).join()).toList();
  }

  private AuditQueryBuilder window() {
    AuditQueryBuilder query = AuditQuery.builder().limit(1_000).count(true);
    Instant from = START.plusSeconds(random.nextInt(EVENTS + 600) - 300);
    if (random.nextInt(4) > 0) {
      query.from(from);
    }
    if (random.nextInt(4) > 0) {
      query.to(from.plusSeconds(random.nextInt(600)));
    }
    return random.nextBoolean() ? query.tenant(random.nextBoolean() ? "acme" : "globex") : query;
  }

  private static List<StoredEvent> pages(JdbcAuditStore store, AuditQueryBuilder query) {
    List<StoredEvent> found = new ArrayList<>();
    AuditPage page = store.query(query.build());
    assertThat(page.total()).isPresent();
    long total = page.total().getAsLong();
    found.addAll(page.events());
    while (page.nextCursor() != null) {
      page = store.query(query.cursor(page.nextCursor()).build());
      found.addAll(page.events());
    }
    assertThat(found).hasSize((int) total);
    return found;
  }

  private void assertWindows(JdbcAuditStore store, List<StoredEvent> all) {
    for (int i = 0; i < 25; i++) {
      AuditQueryBuilder query = window();
      List<StoredEvent> wanted =
          all.stream().filter(e -> query.build().matches(e.event())).toList();
      assertThat(pages(store, query))
          .as("%s", query.build())
          .containsExactlyInAnyOrderElementsOf(wanted);
      List<StoredEvent> exported = new ArrayList<>();
      store.export(query.cursor(null).build(), exported::add);
      assertThat(exported).as("%s", query.build()).containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  @Test
  void a_window_holds_its_events_however_the_clock_went() {
    try (TestStores stores = new TestStores(TestDatabase.SQLITE, directory);
        JdbcAuditStore store =
            new JdbcAuditStore(
                stores.database(),
                new AuditWriter.Limits(EVENTS, 1_000, Duration.ofMinutes(1)),
                null)) {
      List<StoredEvent> all = append(store, events());
      assertWindows(store, all);

      AuditQuery early = AuditQuery.builder().tenant("acme").to(START.plusSeconds(9)).build();
      assertThat(store.query(early).events()).anyMatch(e -> e.seq() < SqliteTimes.BLOCK);
      assertThat(store.verify("acme", null, null).ok()).isTrue();

      // It does narrow, so verification says where it hides what is there.
      stores
          .database()
          .write(h -> h.execute("UPDATE ig_audit_times SET lowest = highest WHERE block = 0"));
      assertThat(store.query(early).events()).noneMatch(e -> e.seq() < SqliteTimes.BLOCK);
      assertThat(store.verify("acme", null, null).broken())
          .isNotNull()
          .satisfies(broken -> assertThat(broken.detail()).contains("ig_audit_times"));
    }
  }
}
