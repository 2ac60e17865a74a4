package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link AuditStore} does. */
@ExtendWith(QuietLog.class)
public abstract class AuditStoreContract {
  private static final List<String> TENANTS = List.of("", "acme", "globex", "tenánt-ß");

  @TempDir protected Path directory;

  /** Opens a store; the same one when the test opened one before. */
  protected abstract AuditStore open();

  /** Whether a store that is opened again has what it had. */
  protected boolean isDurable() {
    return true;
  }

  protected static StoredEvent get(CompletionStage<StoredEvent> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static List<StoredEvent> append(AuditStore store, RandomEvents random, int count) {
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stages.add(store.append(random.next()));
    }
    return stages.stream().map(AuditStoreContract::get).toList();
  }

  private static List<StoredEvent> export(AuditStore store, AuditQuery query) {
    List<StoredEvent> all = new ArrayList<>();
    store.export(query, all::add);
    return all;
  }

  /** Events by chain: order between chains is the store's own. */
  private static Map<String, List<StoredEvent>> byChain(List<StoredEvent> events) {
    Map<String, List<StoredEvent>> chains = new HashMap<>();
    events.forEach(e -> chains.computeIfAbsent(e.chain(), c -> new ArrayList<>()).add(e));
    return chains;
  }

  @Test
  void whateverJsonCanSayComesBackAsItWasAndVerifies() {
    try (AuditStore store = open()) {
      List<StoredEvent> events = append(store, new RandomEvents(20), 400);

      List<StoredEvent> exported = export(store, AuditQuery.all());
      assertThat(byChain(exported)).isEqualTo(byChain(events));
      assertThat(exported.stream().map(EventJson::text))
          .containsExactlyInAnyOrderElementsOf(events.stream().map(EventJson::text).toList());
      for (String tenant : TENANTS) {
        VerificationReport report = store.verify(tenant, null, null);
        assertThat(report.ok()).as("%s: %s", tenant, report.broken()).isTrue();
        assertThat(report.start()).isEqualTo(new VerificationReport.Start(true, 1, "", ""));
        assertThat(store.heads()).contains(report.head());
      }
      assertThat(store.heads()).hasSize(TENANTS.size());
      assertThat(store.health().available()).isTrue();
      assertThat(store.health().appended()).isEqualTo(400);
    }
  }

  @Test
  void namesOfTenantsAreTakenAsTheyAre() {
    List<String> odd = List.of("\u0000", "\ud800", "a\"b", "<&>", "default", "", " ", "'; --", "%");
    try (AuditStore store = open()) {
      for (String tenant : odd) {
        get(store.append(RandomEvents.call(tenant).build()));
      }
      for (String tenant : odd) {
        assertThat(store.verify(tenant, null, null).ok()).as(tenant).isTrue();
        if (!tenant.isEmpty()) {
          AuditPage page = store.query(AuditQuery.builder().tenant(tenant).count(true).build());
          assertThat(page.events()).hasSize(1);
          assertThat(page.events().get(0).event().tenant()).isEqualTo(tenant);
          assertThat(page.total()).hasValue(1);
        }
      }
      assertThat(store.verify("", null, null).verified()).isEqualTo(2);
    }
  }

  @Test
  void chainsGoOnWhenTheStoreIsOpenedAgain() {
    if (!isDurable()) {
      return;
    }
    RandomEvents random = new RandomEvents(21);
    List<StoredEvent> events = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      try (AuditStore store = open()) {
        events.addAll(append(store, random, 40));
      }
    }
    try (AuditStore store = open()) {
      assertThat(byChain(export(store, AuditQuery.all()))).isEqualTo(byChain(events));
      TENANTS.forEach(t -> assertThat(store.verify(t, null, null).ok()).isTrue());
    }
  }

  @Test
  void aSummaryIsNotStoredAndSchemaSevenIsRefused() {
    try (AuditStore store = open()) {
      get(store.append(RandomEvents.call("").summary("for people").build()));
      assertThat(store.query(AuditQuery.all()).events().get(0).event().summary()).isEmpty();

      AuditEvent seven =
          RandomEvents.call("").stored(AuditField.SCHEMA_VERSION, AuditEvent.SCHEMA_7).build();
      assertThatThrownBy(() -> get(store.append(seven)))
          .hasCauseInstanceOf(AuditException.class)
          .hasMessageContaining("schema");
    }
  }

  /** Bytes that no index can make shorter. */
  private static String ideographs(int count) {
    StringBuilder text = new StringBuilder();
    new Random(7).ints(count, 0x4e00, 0x9fff).forEach(text::appendCodePoint);
    return text.toString();
  }

  @Test
  void whatAnEventIsFoundByIsBoundedAndOneThatIsNotStopsNoOther() {
    AuditEvent event = new RandomEvents(24).next();
    try (AuditStore store = open()) {
      CompletionStage<StoredEvent> longest =
          store.append(
              event.toBuilder().tenant("t").tool(ideographs(666)).agentId(ideographs(666)).build());
      CompletionStage<StoredEvent> longer =
          store.append(event.toBuilder().tenant("t").tool(ideographs(667)).build());
      CompletionStage<StoredEvent> escaped =
          store.append(event.toBuilder().tenant("t").agentId("<".repeat(334)).build());
      CompletionStage<StoredEvent> other = store.append(event.toBuilder().tenant("t").build());
      assertThat(get(longest).seq()).isEqualTo(1);
      for (CompletionStage<StoredEvent> refused : List.of(longer, escaped)) {
        assertThatThrownBy(() -> get(refused))
            .hasCauseInstanceOf(AuditException.class)
            .hasMessageContaining("2000 bytes");
      }
      assertThat(get(other).seq()).isEqualTo(2);
      assertThat(store.verify("t", null, null).ok()).isTrue();
    }
  }

  @Test
  void anEventWhoseYearCannotBeSpeltStopsNoOther() {
    try (AuditStore store = open()) {
      List<CompletionStage<StoredEvent>> others = new ArrayList<>();
      for (String year : List.of("-0001", "+10000")) {
        Instant time = Instant.parse(year + "-06-01T00:00:00Z");
        others.add(store.append(RandomEvents.call("acme").callId("before " + year).build()));
        assertThatThrownBy(
                () -> get(store.append(RandomEvents.call("acme").callId("bad").at(time).build())))
            .cause()
            .isInstanceOfSatisfying(
                AuditException.class,
                e -> assertThat(e.code()).isEqualTo(AuditException.Code.EVENT_REFUSED))
            .hasMessageContaining("four digits");
        others.add(store.append(RandomEvents.call("acme").callId("after " + year).build()));
      }
      assertThat(others).extracting(stage -> get(stage).seq()).containsExactly(1L, 2L, 3L, 4L);
      assertThat(store.health().available()).isTrue();
    }
  }

  @Test
  void aTenantWithAToolOrAnAgentThatNoIndexTakesStopsNoOther() {
    String tenant = incompressible(2_000);
    String longest = incompressible(600);
    try (AuditStore store = open()) {
      var before = store.append(RandomEvents.call(tenant).tool(longest).agentId(longest).build());
      List<AuditEvent> bad =
          List.of(
              RandomEvents.call(tenant).tool(longest + "x").build(),
              RandomEvents.call(tenant).agentId(longest + "x").build(),
              RandomEvents.call("").tool(tenant + "x").build());
      for (AuditEvent event : bad) {
        assertThatThrownBy(() -> get(store.append(event)))
            .cause()
            .isInstanceOfSatisfying(
                AuditException.class,
                e -> assertThat(e.code()).isEqualTo(AuditException.Code.EVENT_REFUSED))
            .hasMessageContaining("longer than");
      }
      var after = store.append(RandomEvents.call(tenant).tool(longest).build());
      assertThat(List.of(get(before).seq(), get(after).seq())).containsExactly(1L, 2L);
      assertThat(store.health().available()).isTrue();
    }
  }

  /** Letters and digits that a database cannot pack into less. */
  private static String incompressible(int length) {
    return new Random(7)
        .ints(length, 0, 36)
        .mapToObj(digit -> Integer.toString(digit, 36))
        .collect(Collectors.joining());
  }

  @Test
  void pagesRunFromTheNewestEventWithoutGapOrRepetitionWhileRowsArrive() {
    RandomEvents random = new RandomEvents(22);
    try (AuditStore store = open()) {
      for (String tenant : List.of("", "acme")) {
        List<StoredEvent> before = export(store, AuditQuery.builder().tenant(tenant).build());
        List<StoredEvent> more = append(store, random, 157);
        List<StoredEvent> expected = new ArrayList<>(before);
        more.stream()
            .filter(e -> tenant.isEmpty() || e.event().tenant().equals(tenant))
            .forEach(expected::add);

        List<StoredEvent> paged = new ArrayList<>();
        String cursor = null;
        do {
          AuditPage page =
              store.query(
                  AuditQuery.builder()
                      .tenant(tenant)
                      .limit(10)
                      .cursor(cursor)
                      .count(cursor == null)
                      .build());
          if (cursor == null) {
            assertThat(page.total()).hasValue(expected.size());
          }
          paged.addAll(page.events());
          cursor = page.nextCursor();
          append(store, random, 1);
        } while (cursor != null);
        Collections.reverse(paged);
        assertThat(byChain(paged)).isEqualTo(byChain(expected));
      }
    }
  }

  @Test
  void aReaderFollowsByCursorAndMissesNothing() {
    RandomEvents random = new RandomEvents(23);
    try (AuditStore store = open()) {
      List<StoredEvent> all = new ArrayList<>();
      List<StoredEvent> acme = new ArrayList<>();
      List<StoredEvent> events = new ArrayList<>();
      String allCursor = null;
      String acmeCursor = null;
      for (int round = 0; round < 8; round++) {
        events.addAll(append(store, random, 9));
        allCursor = follow(store, "", allCursor, all);
        acmeCursor = follow(store, "acme", acmeCursor, acme);
      }
      assertThat(byChain(all)).isEqualTo(byChain(events));
      assertThat(new HashSet<>(all)).hasSize(all.size());
      assertThat(acme).isEqualTo(byChain(events).get("acme"));
    }
  }

  private static String follow(
      AuditStore store, String tenant, String cursor, List<StoredEvent> into) {
    String at = cursor;
    while (true) {
      AuditPage page =
          store.query(
              AuditQuery.builder().tenant(tenant).oldestFirst().limit(4).cursor(at).build());
      into.addAll(page.events());
      at = page.nextCursor();
      if (page.events().isEmpty()) {
        return at;
      }
    }
  }

  @Test
  void filtersMatchExactlyAndCount() {
    try (AuditStore store = open()) {
      List<StoredEvent> events = append(store, new RandomEvents(24), 300);
      for (StoredEvent wanted : events.subList(100, 120)) {
        AuditEvent e = wanted.event();
        for (AuditQuery query :
            List.of(
                AuditQuery.builder().tool(e.tool()).tenant(e.tenant()).count(true).build(),
                AuditQuery.builder().agentId(e.agentId()).check(e.check()).count(true).build(),
                AuditQuery.builder().jti(e.capabilityTokenId()).count(true).build(),
                AuditQuery.builder().elevationId(e.elevationId()).count(true).build(),
                AuditQuery.builder().callId(e.callId()).event(e.event()).count(true).build(),
                AuditQuery.builder().decision(e.decision().wireName()).count(true).build(),
                AuditQuery.builder().from(e.at()).to(e.at().plusSeconds(9)).count(true).build(),
                AuditQuery.builder().tenant("acme").from(e.at()).count(true).build(),
                AuditQuery.builder().tenant("acme").to(e.at().minusNanos(1)).count(true).build())) {
          Set<StoredEvent> matching = new HashSet<>();
          events.stream().filter(s -> query.matches(s.event())).forEach(matching::add);
          AuditPage page = store.query(query);
          assertThat(page.total()).as("%s", query).hasValue(matching.size());
          assertThat(page.events()).hasSize(Math.min(100, matching.size()));
          assertThat(matching).containsAll(page.events());
          assertThat(new HashSet<>(export(store, query))).isEqualTo(matching);
        }
      }
      assertThat(store.query(AuditQuery.builder().decision("deny").build()).events()).isEmpty();
      assertThat(store.query(AuditQuery.builder().offset(299).build()).events()).hasSize(1);
      assertThat(store.query(AuditQuery.builder().offset(300).build()).events()).isEmpty();
    }
  }

  @Test
  void aQuestionMayBeAboutAnyTime() {
    try (AuditStore store = open()) {
      get(
          store.append(
              RandomEvents.call("acme").at(Instant.parse("0000-01-01T00:00:00Z")).build()));
      get(
          store.append(
              RandomEvents.call("acme").at(Instant.parse("9999-12-31T00:00:00Z")).build()));
      Instant late = Instant.parse("+300000-01-01T00:00:00Z");
      Instant early = Instant.parse("-300000-01-01T00:00:00Z");
      for (String tenant : List.of("", "acme")) {
        for (Instant last : List.of(late, Instant.MAX)) {
          assertThat(between(store, tenant, null, last)).isEqualTo(2);
          assertThat(between(store, tenant, last, null)).isZero();
        }
        for (Instant first : List.of(early, Instant.MIN)) {
          assertThat(between(store, tenant, first, null)).isEqualTo(2);
          assertThat(between(store, tenant, null, first)).isZero();
        }
      }
      assertThat(store.verify("acme", Instant.MIN, Instant.MAX).verified()).isEqualTo(2);
      assertThat(store.verify("acme", Instant.MAX, null).ok()).isTrue();
    }
  }

  /** How many events a page and an export have, which are the same. */
  private static int between(AuditStore store, String tenant, Instant from, Instant to) {
    AuditQuery query = AuditQuery.builder().tenant(tenant).from(from).to(to).count(true).build();
    AuditPage page = store.query(query);
    assertThat(page.total()).hasValue(page.events().size());
    assertThat(export(store, query)).hasSameSizeAs(page.events());
    return page.events().size();
  }

  @Test
  void aCursorThatIsNotOnesOwnIsRefused() {
    try (AuditStore store = open()) {
      get(store.append(RandomEvents.call("").build()));
      for (String cursor : List.of("", "x", "zz1", "q-1", "p1", "t", "t-1", "p1.1", "\u0000")) {
        assertThatThrownBy(() -> store.query(AuditQuery.builder().cursor(cursor).build()))
            .as(cursor)
            .isInstanceOfSatisfying(
                AuditException.class,
                e -> assertThat(e.code()).isEqualTo(AuditException.Code.BAD_CURSOR));
      }
    }
  }

  @Test
  void aTimeWindowIsVerifiedAndSaysWhatItTrusts() {
    Instant start = Instant.parse("2026-05-11T22:30:00Z");
    try (AuditStore store = open()) {
      for (int i = 0; i < 20; i++) {
        get(store.append(RandomEvents.call("acme").at(start.plusSeconds(i)).build()));
      }
      VerificationReport report = store.verify("acme", start.plusSeconds(5), start.plusSeconds(9));
      assertThat(report.ok()).isTrue();
      assertThat(report.verified()).isEqualTo(5);
      assertThat(report.start().seq()).isEqualTo(6);
      assertThat(store.verify("acme", start.plusSeconds(99), null).ok()).isTrue();
      assertThat(store.verify("nobody", null, null).ok()).isTrue();
    }
  }

  @Test
  void manyThreadsWriteOneChainWithoutGap() throws InterruptedException {
    try (AuditStore store = open()) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    get(store.append(RandomEvents.call("acme").build()));
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      VerificationReport report = store.verify("acme", null, null);
      assertThat(report.ok()).isTrue();
      assertThat(report.verified()).isEqualTo(400);
    }
  }

  @Test
  void whatIsAppendedAfterClosingIsRefused() {
    AuditStore store = open();
    store.close();
    assertThatThrownBy(() -> get(store.append(RandomEvents.call("").build())))
        .hasCauseInstanceOf(AuditException.class);
    assertThat(store.health().available()).isFalse();
  }
}
