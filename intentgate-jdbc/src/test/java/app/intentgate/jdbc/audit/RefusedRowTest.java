package app.intentgate.jdbc.audit;

import static app.intentgate.jdbc.testing.TestCalls.appended;
import static app.intentgate.jdbc.testing.TestCalls.event;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row that a database does not take, in a batch with others (B26, B59). */
@Timeout(120)
class RefusedRowTest {
  private static final String SQLITE_TRIGGER =
      "CREATE TRIGGER bad BEFORE INSERT ON ig_audit_events WHEN NEW.call_id LIKE 'bad%'"
          + " BEGIN SELECT RAISE(ABORT, 'bad'); END";

  @TempDir Path directory;

  private Database open(TestDatabase kind) {
    return Database.open(
        DatabaseConfig.of(kind.createMigrated(directory))
            .withConnections(1, 2)
            .withWaits(Duration.ofMillis(500), Duration.ofSeconds(10)));
  }

  private static JdbcAuditStore store(Database database) {
    return new JdbcAuditStore(
        database, new AuditWriter.Limits(1_000, 100, Duration.ofMinutes(1)), null);
  }

  /** Refuses rows of calls whose ids begin with "bad". */
  private static void refuse(Database database, String how) {
    database.write(
        handle -> {
          if (how.equals("trigger")) {
            return handle.execute(SQLITE_TRIGGER);
          }
          if (how.equals("check")) {
            return handle.execute(
                "ALTER TABLE ig_audit_events ADD CONSTRAINT c CHECK (call_id NOT LIKE 'bad%')");
          }
          handle.execute(
              "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                  + " RAISE EXCEPTION 'bad' USING ERRCODE = '"
                  + how
                  + "'; END $$");
          return handle.execute(
              "CREATE TRIGGER bad BEFORE INSERT ON ig_audit_events FOR EACH ROW"
                  + " WHEN (NEW.call_id LIKE 'bad%') EXECUTE FUNCTION refuse()");
        });
  }

  private static List<String> calls(JdbcAuditStore store) {
    List<String> calls = new ArrayList<>();
    store.export(AuditQuery.all(), stored -> calls.add(stored.event().callId()));
    return calls;
  }

  private static boolean isStored(CompletionStage<StoredEvent> stage) {
    return stage
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .handle((stored, failure) -> failure == null)
        .join();
  }

  private static AuditException failure(CompletionStage<StoredEvent> stage) {
    return stage
        .toCompletableFuture()
        .handle(
            (stored, failure) ->
                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
        .thenApply(AuditException.class::cast)
        .join();
  }

  /** Appends all while no connection is free, so that they come in two batches. */
  private static List<CompletionStage<StoredEvent>> together(
      Database database, JdbcAuditStore store, List<String> calls) throws Exception {
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    try (Connection only = database.connect()) {
      assertThat(only.isValid(5)).isTrue();
      for (String call : calls) {
        stages.add(store.append(event(call)));
      }
    }
    return stages;
  }

  @ParameterizedTest
  @CsvSource({"SQLITE, trigger", "POSTGRESQL, check", "POSTGRESQL, 22008", "POSTGRESQL, 54000"})
  void it_fails_alone_the_rest_is_stored_in_order_and_it_is_not_stored_later(
      TestDatabase kind, String how) throws Exception {
    List<String> calls = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean bad = i % 25 == 7;
      calls.add((bad ? "bad-" : "good-") + i);
      if (!bad) {
        expected.add("good-" + i);
      }
    }
    expected.add("after");
    try (Database database = open(kind);
        JdbcAuditStore store = store(database)) {
      refuse(database, how);
      List<CompletionStage<StoredEvent>> stages = together(database, store, calls);
      for (int i = 0; i < calls.size(); i++) {
        boolean bad = calls.get(i).startsWith("bad");
        assertThat(isStored(stages.get(i))).as(calls.get(i)).isEqualTo(!bad);
        if (bad) {
          AuditException why = failure(stages.get(i));
          assertThat(why.code()).isEqualTo(AuditException.Code.EVENT_REFUSED);
          assertThat(why.getMessage()).doesNotContain(calls.get(i));
        }
      }
      assertThat(store.health().available()).isTrue();
      assertThat(store.health().failed()).isEqualTo(3);
      // Two tries a level for each of the three at most, and not one for each event.
      assertThat(store.commits()).isLessThan(40);
      appended(store, "after");
      assertThat(calls(store)).isEqualTo(expected);
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  @Test
  void a_batch_that_may_pass_when_it_is_tried_again_is_not_taken_apart() throws Exception {
    try (Database database = open(TestDatabase.POSTGRESQL);
        JdbcAuditStore store = store(database)) {
      refuse(database, "40001");
      long before = store.commits();
      List<String> calls = List.of("bad-0", "good-1", "bad-2", "good-3");
      List<CompletionStage<StoredEvent>> stages = together(database, store, calls);
      long waited = store.retries();
      until(() -> store.retries() > waited + 2);
      assertThat(stages).noneMatch(stage -> stage.toCompletableFuture().isDone());
      database.write(handle -> handle.execute("DROP TRIGGER bad ON ig_audit_events"));
      assertThat(stages).allMatch(RefusedRowTest::isStored);
      assertThat(store.commits() - before).isLessThanOrEqualTo(2);
      assertThat(calls(store)).isEqualTo(calls);
    }
  }

  @Test
  void a_key_that_is_there_already_is_a_broken_store_and_no_bad_event() throws Exception {
    try (Database database = open(TestDatabase.POSTGRESQL);
        JdbcAuditStore store = store(database)) {
      appended(store, "before");
      // The head stands one back: the next event gets the number of the last.
      database.write(handle -> handle.execute("UPDATE ig_chain_heads SET seq = 0"));
      List<CompletionStage<StoredEvent>> stages =
          together(database, store, List.of("call-1", "call-2", "call-3"));
      for (CompletionStage<StoredEvent> stage : stages) {
        assertThat(isStored(stage)).isFalse();
        assertThat(failure(stage).code()).isEqualTo(AuditException.Code.STORE_UNAVAILABLE);
      }
      assertThat(store.health().available()).isFalse();
    }
  }
}
