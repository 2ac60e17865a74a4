package app.intentgate.jdbc.audit;

import static app.intentgate.jdbc.testing.TestCalls.event;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store does while PostgreSQL is away, and when several write one chain (B26, B59). */
class DatabaseAwayTest {
  @TempDir Path directory;

  private String name;
  private DatabaseConfig config;

  @BeforeEach
  void create() {
    String url = EmbeddedPostgresServer.newMigratedDatabase();
    name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    config =
        DatabaseConfig.of(new DatabaseTarget.Postgres(PostgresUrl.parse(url)))
            .withWaits(Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  @AfterEach
  void comeBack() {
    EmbeddedPostgresServer.execute(
        "postgres", "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  }

  private void goAway() {
    EmbeddedPostgresServer.execute(
        "postgres", "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    cutSessions();
  }

  private void cutSessions() {
    EmbeddedPostgresServer.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  private static StoredEvent get(CompletionStage<StoredEvent> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static JdbcAuditStore store(Database database, Duration wait) {
    return new JdbcAuditStore(database, new AuditWriter.Limits(20_000, 1_000, wait), null);
  }

  /** Readers have connections of their own, which come back in their own time. */
  private static boolean isReadable(AuditStore store) {
    try {
      return !store.heads().isEmpty();
    } catch (AuditException e) {
      return false;
    }
  }

  private static Set<String> stored(JdbcAuditStore store) {
    Set<String> calls = new HashSet<>();
    store.export(AuditQuery.all(), e -> calls.add(e.event().callId()));
    return calls;
  }

  @Test
  void what_waited_too_long_is_refused_and_never_stored() {
    try (Database database = Database.open(config);
        JdbcAuditStore store = store(database, Duration.ofMillis(700))) {
      get(store.append(event("before")));
      goAway();
      List<CompletionStage<StoredEvent>> refused = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        refused.add(store.append(event("refused-" + i)));
      }
      for (CompletionStage<StoredEvent> each : refused) {
        assertThatThrownBy(() -> get(each))
            .isInstanceOf(CompletionException.class)
            .hasCauseInstanceOf(AuditException.class);
      }
      assertThat(store.health().available()).isFalse();
      until(() -> store.health().failed() == 20);

      comeBack();
      until(
          () ->
              store
                  .append(event("after"))
                  .toCompletableFuture()
                  .handle((s, f) -> f == null)
                  .join());
      until(() -> store.health().available() && isReadable(store));
      assertThat(stored(store)).containsExactlyInAnyOrder("before", "after");
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  @Test
  void a_short_absence_is_waited_out() {
    try (Database database = Database.open(config);
        JdbcAuditStore store = store(database, Duration.ofSeconds(20))) {
      get(store.append(event("before")));
      goAway();
      CompletionStage<StoredEvent> waiting = store.append(event("waiting"));
      until(() -> store.retries() > 0);
      comeBack();
      assertThat(get(waiting).seq()).isEqualTo(2);
      until(() -> isReadable(store));
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  private BufferedAuditStore buffered(Database database) {
    return new BufferedAuditStore(
        new JdbcAuditStore(database, BufferedAuditStore.limits(20), null),
        directory.resolve("audit.spill"),
        1 << 20,
        20,
        Duration.ofSeconds(20));
  }

  @Test
  void a_buffering_store_answers_while_the_database_is_away_and_hands_on_in_order_and_once() {
    List<String> calls = new ArrayList<>();
    try (Database database = Database.open(config);
        BufferedAuditStore store = buffered(database)) {
      goAway();
      for (int i = 0; i < 300; i++) {
        calls.add("call-" + i);
        get(store.append(event("call-" + i)));
      }
      assertThat(store.spilled()).isBetween(1L, 300L);
      assertThat(store.health().available()).isFalse();
      comeBack();
      until(() -> store.health().appended() == 300 && isReadable(store));
      List<String> found = new ArrayList<>();
      store.export(AuditQuery.all(), e -> found.add(e.event().callId()));
      assertThat(found).isEqualTo(calls);
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  @Test
  void what_a_stopped_process_left_in_the_spill_file_is_handed_on_by_the_next_and_once()
      throws Exception {
    Path file = directory.resolve("audit.spill");
    byte[] spilled;
    List<String> calls = new ArrayList<>();
    try (Database database = Database.open(config)) {
      BufferedAuditStore store = buffered(database);
      goAway();
      // More than are handed on at once.
      List<CompletionStage<StoredEvent>> answered = new ArrayList<>();
      for (int i = 0; i < 1_500; i++) {
        calls.add("call-" + i);
        answered.add(store.append(event("call-" + i)));
      }
      answered.forEach(DatabaseAwayTest::get);
      store.close();
      spilled = Files.readAllBytes(file);
    }
    comeBack();
    // The third process finds the file as it was, as if the second had died before it noted.
    for (int process = 2; process <= 3; process++) {
      Files.write(file, spilled);
      Files.deleteIfExists(directory.resolve("audit.spill.done"));
      try (Database database = Database.open(config);
          BufferedAuditStore store = buffered(database)) {
        until(() -> fileIsEmpty(file) && isReadable(store));
        assertThat(store.heads().get(0).seq()).isEqualTo(1_500);
        List<String> found = new ArrayList<>();
        store.export(AuditQuery.all(), e -> found.add(e.event().callId()));
        assertThat(found).isEqualTo(calls);
        assertThat(store.verify("acme", null, null).ok()).isTrue();
      }
    }
  }

  private static boolean fileIsEmpty(Path file) {
    return file.toFile().length() == 0;
  }

  @Test
  void a_month_that_cannot_be_made_for_a_long_reader_holds_no_append_up() throws SQLException {
    try (Connection reader =
            EmbeddedPostgresServer.get().getDatabase("postgres", name).getConnection();
        Statement reads = reader.createStatement();
        Database database = Database.open(config);
        JdbcAuditStore store = store(database, Duration.ofSeconds(20))) {
      reader.setAutoCommit(false);
      reads.executeQuery("SELECT count(*) FROM ig_audit_events").close();
      Clock later = Clock.fixed(Instant.parse("2031-01-01T00:00:00Z"), ZoneOffset.UTC);
      assertThat(new MonthPartitions(database, later).makeAhead()).isZero();
      assertThat(get(store.append(event("meanwhile"))).seq()).isEqualTo(1);
      reader.rollback();
      assertThat(new MonthPartitions(database, later).makeAhead()).isEqualTo(4);
    }
  }

  @Test
  void two_gates_write_one_chain_while_their_sessions_are_cut() throws InterruptedException {
    Set<String> answered = ConcurrentHashMap.newKeySet();
    try (Database one = Database.open(config);
        Database other = Database.open(config);
        JdbcAuditStore first = store(one, Duration.ofSeconds(20));
        JdbcAuditStore second = store(other, Duration.ofSeconds(20))) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int thread = t;
        JdbcAuditStore store = t % 2 == 0 ? first : second;
        threads.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 60; i++) {
                    answered.add(get(store.append(event(thread + "-" + i))).event().callId());
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (int cut = 1; cut <= 5; cut++) {
        int enough = cut * 60;
        until(() -> answered.size() >= enough);
        cutSessions();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(answered).hasSize(480);
      assertThat(stored(first)).isEqualTo(answered);
      assertThat(first.verify("acme", null, null).ok()).isTrue();
      // Nothing is there twice.
      assertThat(first.heads().get(0).seq()).isEqualTo(480);
    }
  }
}
