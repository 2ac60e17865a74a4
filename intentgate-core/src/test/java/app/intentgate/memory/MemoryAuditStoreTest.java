package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditField;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.VerificationReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MemoryAuditStoreTest {
  private static final Instant START = Instant.parse("2026-05-11T22:30:00Z");

  private static AuditEvent event(String tenant, int number) {
    return AuditEvent.builder()
        .at(START.plusSeconds(number))
        .decision(AuditDecision.ALLOW)
        .tenant(tenant)
        .tool("tool-" + number % 3)
        .callId("call-" + number)
        .build();
  }

  private static List<StoredEvent> fill(MemoryAuditStore store, int count) {
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(store.append(event("acme", i)).toCompletableFuture().join());
    }
    return events;
  }

  @Test
  void anAppendIsCompleteAtOnce() {
    try (MemoryAuditStore store = new MemoryAuditStore()) {
      CompletionStage<StoredEvent> stage = store.append(event("acme", 1));

      assertThat(stage.toCompletableFuture()).isCompleted();
      assertThat(stage.toCompletableFuture().join().seq()).isEqualTo(1);
    }
  }

  @Test
  void theNewestAreKeptAndVerificationSaysWhereItStarts() {
    try (MemoryAuditStore store = new MemoryAuditStore(10)) {
      List<StoredEvent> events = fill(store, 25);

      assertThat(store.query(AuditQuery.builder().oldestFirst().build()).events())
          .isEqualTo(events.subList(15, 25));
      VerificationReport report = store.verify("acme", null, null);
      assertThat(report.ok()).isTrue();
      assertThat(report.verified()).isEqualTo(10);
      assertThat(report.start())
          .isEqualTo(
              new VerificationReport.Start(
                  false, 16, events.get(14).hash(), "older rows are no longer in memory"));
    }
  }

  @Test
  void aChainWhoseEventsAreAllGoneStillHasItsHead() {
    try (MemoryAuditStore store = new MemoryAuditStore(10)) {
      StoredEvent first = store.append(event("globex", 0)).toCompletableFuture().join();
      fill(store, 25);

      VerificationReport report = store.verify("globex", null, null);
      assertThat(report.ok()).isTrue();
      assertThat(report.verified()).isZero();
      assertThat(report.head()).isNotNull();
      StoredEvent next = store.append(event("globex", 1)).toCompletableFuture().join();
      assertThat(next.prevHash()).isEqualTo(first.hash());
    }
  }

  @Test
  void pagesRunByOffsetAndByCursor() {
    try (MemoryAuditStore store = new MemoryAuditStore()) {
      List<StoredEvent> events = fill(store, 95);
      Collections.reverse(events);
      List<StoredEvent> byCursor = new ArrayList<>();
      List<StoredEvent> byOffset = new ArrayList<>();
      String cursor = null;
      do {
        AuditPage page = store.query(AuditQuery.builder().limit(10).cursor(cursor).build());
        byCursor.addAll(page.events());
        cursor = page.nextCursor();
      } while (cursor != null);
      for (int offset = 0; offset < 100; offset += 10) {
        byOffset.addAll(
            store.query(AuditQuery.builder().limit(10).offset(offset).build()).events());
      }
      assertThat(byCursor).isEqualTo(events);
      assertThat(byOffset).isEqualTo(events);
    }
  }

  @Test
  void aReaderFollowsByCursor() {
    try (MemoryAuditStore store = new MemoryAuditStore()) {
      List<StoredEvent> followed = new ArrayList<>();
      List<StoredEvent> events = new ArrayList<>();
      String cursor = null;
      for (int round = 0; round < 5; round++) {
        events.addAll(fill(store, 7));
        AuditPage page;
        do {
          page = store.query(AuditQuery.builder().oldestFirst().limit(3).cursor(cursor).build());
          followed.addAll(page.events());
          cursor = page.nextCursor();
        } while (!page.events().isEmpty());
      }
      assertThat(followed).isEqualTo(events);
    }
  }

  @Test
  void filtersAndCounts() {
    try (MemoryAuditStore store = new MemoryAuditStore()) {
      fill(store, 30);
      AuditQuery query =
          AuditQuery.builder()
              .tool("tool-1")
              .from(START.plusSeconds(3))
              .to(START.plusSeconds(10))
              .count(true)
              .build();

      AuditPage page = store.query(query);

      assertThat(page.events())
          .extracting(e -> e.event().callId())
          .containsExactly("call-10", "call-7", "call-4");
      assertThat(page.total()).hasValue(3);
      List<String> exported = new ArrayList<>();
      store.export(query, e -> exported.add(e.event().callId()));
      assertThat(exported).containsExactly("call-4", "call-7", "call-10");
    }
  }

  /** A search looks at marks of the events first, which must never hide one that is meant. */
  @Test
  void whateverIsAskedForTheSameEventsAreFoundAsByLookingAtEach() {
    Random random = new Random(7);
    try (MemoryAuditStore store = new MemoryAuditStore(500)) {
      List<StoredEvent> events = new ArrayList<>();
      for (int i = 0; i < 1_300; i++) {
        events.add(store.append(mixed(random)).toCompletableFuture().join());
      }
      List<StoredEvent> kept = events.subList(800, 1_300);

      for (int i = 0; i < 2_000; i++) {
        AuditQuery query = asking(random, kept.get(random.nextInt(500)).event());
        List<StoredEvent> found = new ArrayList<>();
        store.export(query, found::add);

        assertThat(found)
            .as("%s", query)
            .isEqualTo(kept.stream().filter(e -> query.matches(e.event())).toList());
        assertThat(store.query(query).total()).hasValue(found.size());
      }
    }
  }

  private static AuditEvent mixed(Random random) {
    return AuditEvent.builder()
        .at(START.plusSeconds(random.nextInt(100)))
        .event(random.nextBoolean() ? AuditEventNames.TOOL_CALL : AuditEventNames.ADMIN)
        .decision(AuditDecision.values()[random.nextInt(AuditDecision.values().length)])
        .tenant(random.nextInt(4) == 0 ? "" : "tenant-" + random.nextInt(3))
        .agentId("agent-" + random.nextInt(300))
        .tool("tool-" + random.nextInt(300))
        .check(random.nextBoolean() ? "policy" : "")
        .capabilityTokenId("jti-" + random.nextInt(40))
        .callId("call-" + random.nextInt(1_000))
        .build();
  }

  private static AuditQuery asking(Random random, AuditEvent like) {
    AuditQueryBuilder query = AuditQuery.builder().limit(1).count(true);
    List<Runnable> filters =
        List.of(
            () -> query.event(like.event()),
            () -> query.agentId(like.agentId()),
            () -> query.tool(like.tool()),
            () -> query.decision(like.decision().wireName()),
            () -> query.check(like.check()),
            () -> query.jti(like.capabilityTokenId()),
            () -> query.tenant(like.tenant()),
            () -> query.callId(like.callId()),
            () -> query.from(like.at()),
            () -> query.tool("no-such-tool"));
    filters.forEach(filter -> runAt(random, filter));
    return query.build();
  }

  private static void runAt(Random random, Runnable filter) {
    if (random.nextInt(4) == 0) {
      filter.run();
    }
  }

  /** Threads of many tenants that overtake each other by whole laps of a small ring. */
  @Test
  void whatIsLeftOfAppendsAtOnceIsFoundWhateverIsAskedFor() throws Exception {
    try (MemoryAuditStore store = new MemoryAuditStore(3)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String tenant = "tenant-" + t;
        threads.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    store.append(event(tenant, i));
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      List<StoredEvent> left = store.query(AuditQuery.all()).events();
      assertThat(left).hasSize(3);
      for (StoredEvent stored : left) {
        AuditEvent event = stored.event();
        assertThat(
                store
                    .query(
                        AuditQuery.builder()
                            .tenant(event.tenant())
                            .tool(event.tool())
                            .callId(event.callId())
                            .build())
                    .events())
            .contains(stored);
      }
    }
  }

  @Test
  void aForeignCursorIsRefused() {
    try (MemoryAuditStore store = new MemoryAuditStore()) {
      assertThatThrownBy(() -> store.query(AuditQuery.builder().cursor("f0").build()))
          .isInstanceOf(AuditException.class);
      assertThatThrownBy(() -> store.query(AuditQuery.builder().cursor("mzz").build()))
          .isInstanceOf(AuditException.class);
    }
  }

  @Test
  void onlyWhollyHashedEventsAreAppended() {
    try (MemoryAuditStore store = new MemoryAuditStore()) {
      AuditEvent old = event("acme", 1).toBuilder().stored(AuditField.SCHEMA_VERSION, "7").build();

      assertThat(store.append(old).toCompletableFuture()).isCompletedExceptionally();
    }
  }

  @Test
  void afterClosingAppendsAreRefused() {
    MemoryAuditStore store = new MemoryAuditStore();
    store.close();

    assertThat(store.append(event("acme", 2)).toCompletableFuture()).isCompletedExceptionally();
  }
}
