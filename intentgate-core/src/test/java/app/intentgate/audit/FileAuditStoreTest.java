package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(QuietLog.class)
class FileAuditStoreTest {
  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = directory.resolve("data").resolve("audit.jsonl");
  }

  static StoredEvent get(CompletionStage<StoredEvent> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static List<StoredEvent> append(AuditStore store, RandomEvents random, int count) {
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stages.add(store.append(random.next()));
    }
    return stages.stream().map(FileAuditStoreTest::get).toList();
  }

  private static List<StoredEvent> export(AuditStore store, AuditQuery query) {
    List<StoredEvent> all = new ArrayList<>();
    store.export(query, all::add);
    return all;
  }

  @Test
  void aStageCompletesWhenTheLineIsInTheFile() throws IOException {
    try (FileAuditStore store = FileAuditStore.open(log)) {
      StoredEvent stored = get(store.append(RandomEvents.call("acme").build()));

      assertThat(Files.readString(log)).isEqualTo(EventJson.text(stored) + "\n");
      assertThat(stored.seq()).isEqualTo(1);
      assertThat(stored.prevHash()).isEmpty();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void chainsGoOnAfterARestart() {
    RandomEvents random = new RandomEvents(10);
    List<StoredEvent> events = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      try (FileAuditStore store = FileAuditStore.open(log)) {
        events.addAll(append(store, random, 50));
      }
    }
    try (FileAuditStore store = FileAuditStore.open(log)) {
      assertThat(export(store, AuditQuery.all())).isEqualTo(events);
      for (String tenant : List.of("", "acme", "globex", "tenánt-ß")) {
        VerificationReport report = store.verify(tenant, null, null);
        assertThat(report.ok()).as(tenant).isTrue();
        assertThat(report.start()).isEqualTo(new VerificationReport.Start(true, 1, "", ""));
        String chain = AuditChain.keyOf(tenant);
        assertThat(report.verified())
            .isEqualTo(events.stream().filter(e -> e.chain().equals(chain)).count());
        assertThat(store.heads()).contains(report.head());
      }
    }
  }

  @Test
  void aSummaryIsNotStored() {
    try (FileAuditStore store = FileAuditStore.open(log)) {
      get(store.append(RandomEvents.call("").summary("for people").build()));

      assertThat(store.query(AuditQuery.all()).events().get(0).event().summary()).isEmpty();
      assertThat(store.verify("", null, null).ok()).isTrue();
    }
  }

  @Test
  void pagesRunFromTheNewestEventAndByCursorWithoutGapWhileRowsArrive() {
    RandomEvents random = new RandomEvents(11);
    try (FileAuditStore store = FileAuditStore.open(log)) {
      List<StoredEvent> events = append(store, random, 257);
      List<StoredEvent> paged = new ArrayList<>();
      AuditPage page = store.query(AuditQuery.builder().limit(10).count(true).build());
      assertThat(page.total()).hasValue(257);
      while (true) {
        paged.addAll(page.events());
        if (page.nextCursor() == null) {
          break;
        }
        append(store, random, 1);
        page = store.query(AuditQuery.builder().limit(10).cursor(page.nextCursor()).build());
      }
      List<StoredEvent> newestFirst = new ArrayList<>(events);
      Collections.reverse(newestFirst);
      assertThat(paged).isEqualTo(newestFirst);
    }
  }

  @Test
  void aReaderFollowsTheChainByCursor() {
    RandomEvents random = new RandomEvents(12);
    try (FileAuditStore store = FileAuditStore.open(log)) {
      List<StoredEvent> followed = new ArrayList<>();
      List<StoredEvent> events = new ArrayList<>();
      String cursor = null;
      for (int round = 0; round < 10; round++) {
        events.addAll(append(store, random, 7));
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
  void filtersMatchExactly() {
    RandomEvents random = new RandomEvents(13);
    try (FileAuditStore store = FileAuditStore.open(log)) {
      List<StoredEvent> events = append(store, random, 300);
      for (StoredEvent wanted : events.subList(100, 130)) {
        AuditEvent e = wanted.event();
        List<AuditQuery> queries =
            List.of(
                AuditQuery.builder().tool(e.tool()).tenant(e.tenant()).count(true).build(),
                AuditQuery.builder().agentId(e.agentId()).check(e.check()).count(true).build(),
                AuditQuery.builder().jti(e.capabilityTokenId()).count(true).build(),
                AuditQuery.builder().elevationId(e.elevationId()).count(true).build(),
                AuditQuery.builder().callId(e.callId()).event(e.event()).count(true).build(),
                AuditQuery.builder().decision(e.decision().wireName()).count(true).build(),
                AuditQuery.builder().from(e.at()).to(e.at().plusSeconds(9)).count(true).build());
        for (AuditQuery query : queries) {
          List<StoredEvent> matching =
              events.stream().filter(s -> query.matches(s.event())).toList();
          AuditPage page = store.query(query);
          assertThat(page.total()).hasValue(matching.size());
          assertThat(page.events()).hasSize(Math.min(100, matching.size()));
          assertThat(export(store, query)).isEqualTo(matching);
        }
      }
      assertThat(store.query(AuditQuery.builder().decision("deny").build()).events()).isEmpty();
      assertThat(store.query(AuditQuery.builder().offset(299).build()).events())
          .containsExactly(events.get(0));
    }
  }

  @Test
  void aForeignCursorIsRefused() {
    try (FileAuditStore store = FileAuditStore.open(log)) {
      get(store.append(RandomEvents.call("").build()));
      for (String cursor : List.of("", "f", "f1", "fzzzzzzz", "m0", "f-1", "\u0000")) {
        assertThatThrownBy(() -> store.query(AuditQuery.builder().cursor(cursor).build()))
            .isInstanceOfSatisfying(
                AuditException.class,
                e -> assertThat(e.code()).isEqualTo(AuditException.Code.BAD_CURSOR));
      }
    }
  }

  @Test
  void aTimeWindowIsVerifiedAndSaysWhatItTrusts() {
    Instant start = Instant.parse("2026-05-11T22:30:00Z");
    try (FileAuditStore store = FileAuditStore.open(log)) {
      for (int i = 0; i < 20; i++) {
        get(store.append(RandomEvents.call("acme").at(start.plusSeconds(i)).build()));
      }
      VerificationReport report = store.verify("acme", start.plusSeconds(5), start.plusSeconds(9));

      assertThat(report.ok()).isTrue();
      assertThat(report.verified()).isEqualTo(5);
      assertThat(report.start()).isNotNull();
      assertThat(report.start().genesis()).isFalse();
      assertThat(report.start().seq()).isEqualTo(6);
      assertThat(report.start().trustedPrevHash()).hasSize(64);
      VerificationReport behind = store.verify("acme", start.plusSeconds(99), null);
      assertThat(behind.verified()).isZero();
      assertThat(behind.ok()).as("a window behind the last row").isTrue();
      assertThat(store.verify("nobody", null, null).ok()).isTrue();
    }
  }

  @Test
  void aTornLastLineIsCutOffAndKept() throws IOException {
    StoredEvent stored;
    try (FileAuditStore store = FileAuditStore.open(log)) {
      stored = get(store.append(RandomEvents.call("acme").build()));
    }
    Files.writeString(log, "{\"ts\":\"2026-05-11T22:3", StandardOpenOption.APPEND);

    try (FileAuditStore store = FileAuditStore.open(log)) {
      assertThat(Files.readString(log)).isEqualTo(EventJson.text(stored) + "\n");
      assertThat(Files.readString(log.resolveSibling("audit.jsonl.torn")))
          .isEqualTo("{\"ts\":\"2026-05-11T22:3\n");
      assertThat(get(store.append(RandomEvents.call("acme").build())).prevHash())
          .isEqualTo(stored.hash());
    }
  }

  @Test
  void aSecondStoreOnTheSameFileIsRefused() {
    try (FileAuditStore store = FileAuditStore.open(log)) {
      assertThatThrownBy(() -> FileAuditStore.open(log))
          .isInstanceOf(AuditException.class)
          .hasMessageContaining("open in process " + ProcessHandle.current().pid());
      get(store.append(RandomEvents.call("").build()));
    }
    FileAuditStore.open(log).close();
  }

  @Test
  void aFileThatCannotBeMadeIsSaidToBeUnavailable() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("data"), "a file where the directory should be");

    assertThatThrownBy(() -> FileAuditStore.open(log))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.code()).isEqualTo(AuditException.Code.STORE_UNAVAILABLE))
        .hasMessageContaining("audit.jsonl");
  }

  @Test
  void aReadOnlyDirectoryIsSaidToBeUnavailable() throws IOException {
    Files.createDirectories(log.getParent());
    Files.setPosixFilePermissions(log.getParent(), PosixFilePermissions.fromString("r-x------"));
    // The superuser writes anywhere, except where the system itself says no.
    Path readOnly =
        Files.isWritable(log.getParent()) ? Path.of("/proc/self/fdinfo/audit.jsonl") : log;

    assertThatThrownBy(() -> FileAuditStore.open(readOnly))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.code()).isEqualTo(AuditException.Code.STORE_UNAVAILABLE))
        .hasMessageContaining("audit.jsonl");
    Files.setPosixFilePermissions(log.getParent(), PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void afterClosingAppendsAreRefused() {
    FileAuditStore store = FileAuditStore.open(log);
    store.close();

    assertThat(store.append(RandomEvents.call("").build()))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .satisfies(
            e -> assertThat(((AuditException) e).code()).isEqualTo(AuditException.Code.CLOSED));
  }

  @Test
  void aStoreThatIsClosedAgainLeavesTheFileToWhoeverHasItNow() throws IOException {
    FileAuditStore first = FileAuditStore.open(log);
    append(first, new RandomEvents(11), 3);
    first.close();
    Path heads = log.resolveSibling("audit.jsonl.heads");
    try (FileAuditStore second = FileAuditStore.open(log)) {
      append(second, new RandomEvents(12), 3);
    }
    byte[] seconds = Files.readAllBytes(heads);
    first.close();
    assertThat(Files.readAllBytes(heads)).isEqualTo(seconds);
    assertThat(first.health().available()).isFalse();
  }
}
