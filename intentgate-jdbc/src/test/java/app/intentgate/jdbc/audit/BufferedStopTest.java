package app.intentgate.jdbc.audit;

import static app.intentgate.jdbc.testing.TestCalls.appended;
import static app.intentgate.jdbc.testing.TestCalls.event;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.EventJson;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A buffering store that is stopped, and one whose database refuses an event (B26, B43). */
@Timeout(120)
class BufferedStopTest {
  private static final int IN_MEMORY = 20;

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("audit.spill");
  }

  private static Database open(DatabaseTarget target) {
    return Database.open(
        DatabaseConfig.of(target)
            .withConnections(1, 2)
            .withWaits(Duration.ofMillis(250), Duration.ofSeconds(10)));
  }

  private BufferedAuditStore buffered(Database database) {
    return new BufferedAuditStore(
        new JdbcAuditStore(database, BufferedAuditStore.limits(IN_MEMORY), null),
        file(),
        1 << 20,
        IN_MEMORY,
        Duration.ofSeconds(30));
  }

  private static List<String> calls(AuditStore store) {
    List<String> calls = new ArrayList<>();
    store.export(AuditQuery.all(), stored -> calls.add(stored.event().callId()));
    return calls;
  }

  private boolean isHandedOn() {
    return file().toFile().length() == 0;
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void what_was_in_memory_comes_before_what_was_in_the_file_also_after_a_restart(TestDatabase kind)
      throws Exception {
    DatabaseTarget target = kind.createMigrated(directory);
    List<String> expected = new ArrayList<>();
    try (Database database = open(target)) {
      BufferedAuditStore store = buffered(database);
      // The only connection that may write is taken.
      try (Connection only = database.connect()) {
        assertThat(only.isValid(5)).isTrue();
        for (int i = 0; i < 5 * IN_MEMORY; i++) {
          appended(store, "call-" + i);
          expected.add("call-" + i);
        }
        assertThat(store.spilled()).isBetween(1L, 5L * IN_MEMORY - 1);
        store.close();
        store.close();
      }
      assertThat(isHandedOn()).isFalse();
    }
    try (Database database = open(target);
        BufferedAuditStore store = buffered(database)) {
      appended(store, "next");
      expected.add("next");
      until(() -> isHandedOn() && calls(store).size() >= expected.size());
      assertThat(calls(store)).isEqualTo(expected);
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void nothing_that_was_answered_while_it_stopped_is_missing_or_there_twice(TestDatabase kind)
      throws Exception {
    DatabaseTarget target = kind.createMigrated(directory);
    Set<String> answered = ConcurrentHashMap.newKeySet();
    List<Thread> callers = new ArrayList<>();
    try (Database database = open(target)) {
      BufferedAuditStore store = buffered(database);
      for (int t = 0; t < 4; t++) {
        int caller = t;
        Thread thread =
            new Thread(
                () -> {
                  boolean open = true;
                  for (int i = 0; open; i++) {
                    String call = caller + "-" + i;
                    open =
                        store
                            .append(event(call))
                            .toCompletableFuture()
                            .handle((stored, failure) -> failure == null)
                            .join();
                    if (open) {
                      answered.add(call);
                    }
                  }
                });
        callers.add(thread);
        thread.start();
      }
      until(() -> answered.size() > 200);
      store.close();
      for (Thread caller : callers) {
        caller.join();
      }
    }
    try (Database database = open(target);
        BufferedAuditStore store = buffered(database)) {
      until(() -> isHandedOn() && calls(store).size() >= answered.size());
      assertThat(calls(store)).containsExactlyInAnyOrderElementsOf(answered);
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  private static void refuse(Database database, TestDatabase kind) {
    database.write(
        handle ->
            handle.execute(
                kind == TestDatabase.SQLITE
                    ? "CREATE TRIGGER bad BEFORE INSERT ON ig_audit_events"
                        + " WHEN NEW.call_id LIKE 'bad%' BEGIN SELECT RAISE(ABORT, 'bad'); END"
                    : "ALTER TABLE ig_audit_events ADD CHECK (call_id NOT LIKE 'bad%')"));
  }

  private List<String> keptAsRefused() throws IOException {
    List<String> calls = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("audit.spill.refused"))) {
      calls.add(EventJson.read(line.getBytes(StandardCharsets.UTF_8)).event().callId());
    }
    return calls;
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void an_event_that_is_refused_is_kept_and_holds_up_no_other(TestDatabase kind) throws Exception {
    try (Database database = open(kind.createMigrated(directory));
        BufferedAuditStore store = buffered(database)) {
      refuse(database, kind);
      List<String> expected = new ArrayList<>();
      // By way of memory, and by way of the file.
      try (Connection only = database.connect()) {
        assertThat(only.isValid(5)).isTrue();
        for (int i = 0; i < 3 * IN_MEMORY; i++) {
          boolean bad = i == 5 || i == 2 * IN_MEMORY + 5;
          appended(store, (bad ? "bad-" : "call-") + i);
          if (!bad) {
            expected.add("call-" + i);
          }
        }
      }
      until(() -> isHandedOn() && store.health().pending() == 0);
      appended(store, "after");
      expected.add("after");
      until(() -> calls(store).contains("after"));
      assertThat(calls(store)).isEqualTo(expected);
      assertThat(keptAsRefused()).containsExactly("bad-5", "bad-" + (2 * IN_MEMORY + 5));
      assertThat(store.health().available()).isTrue();
    }
  }
}
