package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random questions about random events, against a list of them in memory. */
class AuditFilterPropertyTest {
  private static final int EVENTS = 250;
  private static final int QUESTIONS = 60;
  private static final Instant START = Instant.parse("2026-01-31T23:59:00Z");

  /** Texts that are easily taken for one another, and those that no database holds as they are. */
  private static final String[] TEXTS = {
    "a",
    "A",
    "a ",
    "\u00e4",
    "a\u0308",
    "\u0000",
    "\\u0000",
    "\ud800",
    "\ufffd",
    "%",
    "_",
    "a'b",
    "\ud83d\ude00",
    "\"",
    "1",
    "01",
    "null",
    "<&>",
    "\u2028"
  };

  private static final String[] TENANTS = {
    "", "acme", "Acme", "a\u0000", "\ud83d\ude00", "default"
  };
  private static final String[] NAMES = {"tool_call", "token_mint", "x"};

  @TempDir Path directory;

  private final Random random = new Random(42);

  private <T> T pick(T[] all) {
    return all[random.nextInt(all.length)];
  }

  /** Within some days around the end of a month, to the nanosecond, forth and sometimes back. */
  private Instant time() {
    return START.plusSeconds(random.nextInt(200_000) - 100_000L).plusNanos(random.nextInt(3));
  }

  private AuditEvent event() {
    return AuditEvent.builder()
        .at(time())
        .event(pick(NAMES))
        .decision(pick(AuditDecision.values()))
        .phase(AuditPhase.DECISION)
        .tenant(pick(TENANTS))
        .agentId(pick(TEXTS))
        .tool(pick(TEXTS))
        .check(random.nextBoolean() ? "policy" : "budget")
        .capabilityTokenId(pick(TEXTS))
        .elevationId(random.nextBoolean() ? "" : pick(TEXTS))
        .callId(pick(TEXTS))
        .build();
  }

  private AuditQueryBuilder question() {
    AuditQueryBuilder query = AuditQuery.builder();
    switch (random.nextInt(8)) {
      case 0 -> query.event(pick(NAMES));
      case 1 -> query.agentId(pick(TEXTS));
      case 2 -> query.tool(pick(TEXTS));
      case 3 -> query.decision(pick(AuditDecision.values()).wireName());
      case 4 -> query.check(random.nextBoolean() ? "policy" : "x");
      case 5 -> query.jti(pick(TEXTS));
      case 6 -> query.elevationId(pick(TEXTS));
      default -> query.callId(pick(TEXTS));
    }
    if (random.nextInt(4) == 0) {
      query.decision(pick(AuditDecision.values()).wireName()).event("tool_call");
    }
    if (random.nextInt(2) == 0) {
      query.tenant(pick(TENANTS));
    }
    if (random.nextInt(3) == 0) {
      query.from(random.nextInt(8) == 0 ? Instant.MIN : time());
    }
    if (random.nextInt(3) == 0) {
      query.to(random.nextInt(8) == 0 ? Instant.MAX : time());
    }
    return query;
  }

  private static List<StoredEvent> export(AuditStore store, AuditQuery query) {
    List<StoredEvent> all = new ArrayList<>();
    store.export(query, all::add);
    return all;
  }

  private List<StoredEvent> appended(AuditStore store) {
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      stages.add(store.append(event()));
      if (random.nextInt(30) == 0) {
        // Then the next ones are in another commit.
        stages.get(i).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      }
    }
    return stages.stream()
        .map(stage -> stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join())
        .toList();
  }

  /** All pages, one after the other, of random sizes. */
  private List<StoredEvent> pages(AuditStore store, AuditQueryBuilder query, int expected) {
    List<StoredEvent> all = new ArrayList<>();
    String cursor = null;
    do {
      int limit = 3 + random.nextInt(60);
      AuditPage page = store.query(query.limit(limit).cursor(cursor).build());
      assertThat(page.events()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.events());
      cursor = page.nextCursor();
      assertThat(all).hasSizeLessThanOrEqualTo(expected);
      assertThat(cursor == null || !page.events().isEmpty() || page.events().size() == expected)
          .as("a page that is empty is the last one")
          .isTrue();
    } while (cursor != null);
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void whatever_is_asked_is_answered_as_by_a_list(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        AuditStore store = new JdbcAuditStore(stores.database())) {
      List<StoredEvent> appended = appended(store);
      List<StoredEvent> all = export(store, AuditQuery.all());
      assertThat(all).containsExactlyInAnyOrderElementsOf(appended);
      for (int i = 0; i < QUESTIONS; i++) {
        AuditQueryBuilder question = question();
        AuditQuery asked = question.build();
        List<StoredEvent> expected =
            all.stream().filter(stored -> asked.matches(stored.event())).toList();
        assertThat(export(store, asked)).as("export of %s", asked).isEqualTo(expected);
        assertThat(store.query(question.count(true).limit(1).build()).total())
            .as("count of %s", asked)
            .hasValue(expected.size());
        List<StoredEvent> newestFirst = new ArrayList<>(expected);
        Collections.reverse(newestFirst);
        question.count(false);
        assertThat(pages(store, question, expected.size()))
            .as("pages of %s", asked)
            .isEqualTo(newestFirst);
        int offset = random.nextInt(30);
        question.cursor(null).limit(20);
        assertThat(store.query(question.offset(offset).build()).events())
            .as("from %d of %s", offset, asked)
            .isEqualTo(newestFirst.stream().skip(offset).limit(20).toList());
        assertThat(store.query(question.oldestFirst().build()).events())
            .as("oldest first, from %d of %s", offset, asked)
            .isEqualTo(expected.stream().skip(offset).limit(20).toList());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_page_that_begins_after_everything_is_empty_however_far_after(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        AuditStore store = new JdbcAuditStore(stores.database())) {
      appended(store);
      for (long offset : new long[] {EVENTS, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE}) {
        for (String tenant : new String[] {"", "acme"}) {
          AuditPage page =
              store.query(AuditQuery.builder().tenant(tenant).offset(offset).limit(10).build());
          assertThat(page.events()).as("from %d of <%s>", offset, tenant).isEmpty();
          assertThat(page.nextCursor()).isNull();
        }
      }
    }
  }
}
