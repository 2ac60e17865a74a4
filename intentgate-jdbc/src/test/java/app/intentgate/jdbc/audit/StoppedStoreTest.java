package app.intentgate.jdbc.audit;

import static app.intentgate.jdbc.testing.TestCalls.event;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that is closed while events are on their way to it (B43, B59). */
@Timeout(120)
class StoppedStoreTest {
  @TempDir Path directory;

  private static Database open(DatabaseTarget target) {
    return Database.open(
        DatabaseConfig.of(target)
            .withConnections(1, 2)
            .withWaits(Duration.ofSeconds(2), Duration.ofSeconds(10)));
  }

  private static List<String> calls(JdbcAuditStore store) {
    List<String> calls = new ArrayList<>();
    store.export(AuditQuery.all(), stored -> calls.add(stored.event().callId()));
    return calls;
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void every_append_is_answered_and_what_is_stored_is_what_was_answered_so(TestDatabase kind)
      throws Exception {
    Set<String> answered = ConcurrentHashMap.newKeySet();
    Set<String> refused = ConcurrentHashMap.newKeySet();
    try (Database database = open(kind.createMigrated(directory))) {
      JdbcAuditStore store =
          new JdbcAuditStore(
              database, new AuditWriter.Limits(1_000, 50, Duration.ofSeconds(30)), null);
      List<Thread> callers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int caller = t;
        Thread thread =
            new Thread(
                () -> {
                  List<CompletionStage<Void>> waiting = new ArrayList<>();
                  for (int i = 0; refused.isEmpty(); i++) {
                    String call = caller + "-" + i;
                    waiting.add(
                        store
                            .append(event(call))
                            .handle(
                                (stored, failure) -> {
                                  (failure == null ? answered : refused).add(call);
                                  return null;
                                }));
                    if (i % 20 == 0) {
                      waiting.forEach(stage -> stage.toCompletableFuture().join());
                      waiting.clear();
                    }
                  }
                  waiting.forEach(stage -> stage.toCompletableFuture().join());
                });
        callers.add(thread);
        thread.start();
      }
      until(() -> answered.size() > 300);
      store.close();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(refused).isNotEmpty();
      List<String> stored = calls(store);
      assertThat(new HashSet<>(stored)).isEqualTo(answered).hasSameSizeAs(stored);
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  private static void free(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Throwable failure(CompletionStage<StoredEvent> stage) {
    try {
      stage.toCompletableFuture().join();
      return new AssertionError("stored");
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void once_an_event_is_given_up_none_after_it_is_stored(TestDatabase kind) throws Exception {
    DatabaseTarget target = kind.createMigrated(directory);
    try (Database database = open(target)) {
      JdbcAuditStore store =
          new JdbcAuditStore(
              database, new AuditWriter.Limits(1_000, 1, Duration.ofMinutes(10)), null);
      Connection only = database.connect();
      List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        stages.add(store.append(event("call-" + i)));
      }
      // The database is back as soon as the first one is given up.
      CompletionStage<Void> back =
          stages
              .get(0)
              .handle(
                  (stored, failure) -> {
                    free(only);
                    return null;
                  });
      store.close();
      assertThat(stages)
          .allSatisfy(stage -> assertThat(failure(stage)).isInstanceOf(AuditException.class));
      back.toCompletableFuture().join();
      assertThat(calls(store)).isEmpty();
    }
  }
}
