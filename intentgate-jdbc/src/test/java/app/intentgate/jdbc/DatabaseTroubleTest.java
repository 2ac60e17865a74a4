package app.intentgate.jdbc;

import static app.intentgate.jdbc.testing.TestCalls.appended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditWriter;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlocks, serialization failures, a pool without a connection left, a database that is slow. */
@Timeout(90)
class DatabaseTroubleTest {
  private Database database;

  @BeforeEach
  void open() {
    PostgresUrl url = PostgresUrl.parse(EmbeddedPostgresServer.newMigratedDatabase());
    database =
        Database.open(
            DatabaseConfig.of(new DatabaseTarget.Postgres(url))
                .withConnections(2, 1)
                .withWaits(Duration.ofMillis(500), Duration.ofSeconds(10)));
    database.write(
        handle ->
            handle.execute(
                "CREATE TABLE t AS SELECT i AS id, 0 AS n FROM generate_series(1, 2) i"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private int sum() {
    return database.read(
        handle -> handle.createQuery("SELECT sum(n) FROM t").mapTo(Integer.class).one());
  }

  @Test
  void two_transactions_that_deadlock_are_both_done_and_once() {
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    AtomicInteger attempts = new AtomicInteger();
    CompletableFuture<Integer> one = inOrder(1, 2, bothHoldOne, attempts);
    CompletableFuture<Integer> other = inOrder(2, 1, bothHoldOne, attempts);
    CompletableFuture.allOf(one, other).orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(attempts).as("attempts").hasValueGreaterThan(2);
    assertThat(sum()).isEqualTo(4);
  }

  private CompletableFuture<Integer> inOrder(
      int first, int second, CountDownLatch bothHoldOne, AtomicInteger attempts) {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(
                    database.write(
                        handle -> {
                          attempts.incrementAndGet();
                          handle.execute("UPDATE t SET n = n + 1 WHERE id = ?", first);
                          bothHoldOne.countDown();
                          await(bothHoldOne);
                          return handle.execute("UPDATE t SET n = n + 1 WHERE id = ?", second);
                        }));
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    thread.start();
    return done;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_transaction_that_cannot_be_serialized_is_done_again() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (Connection other = database.connectApart(Duration.ofSeconds(10));
        Statement meanwhile = other.createStatement()) {
      int changed =
          database.write(
              handle -> {
                handle.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
                handle.createQuery("SELECT sum(n) FROM t").mapTo(Integer.class).one();
                if (attempts.incrementAndGet() == 1) {
                  meanwhile.execute("UPDATE t SET n = n + 1");
                }
                return handle.execute("UPDATE t SET n = n + 1");
              });
      assertThat(changed).isEqualTo(2);
    }
    assertThat(attempts).hasValue(2);
    assertThat(sum()).isEqualTo(4);
  }

  private JdbcAuditStore store() {
    return new JdbcAuditStore(
        database, new AuditWriter.Limits(100, 100, Duration.ofMillis(800)), null);
  }

  private void onlyBeforeAndAfter(JdbcAuditStore store) {
    assertThat(appended(store, "after").seq()).isEqualTo(2);
    assertThat(store.query(AuditQuery.all()).events())
        .extracting(stored -> stored.event().callId())
        .containsExactly("after", "before");
    assertThat(store.verify("acme", null, null).ok()).isTrue();
  }

  @Test
  void without_a_connection_left_an_event_is_refused_in_time_and_not_stored_later()
      throws Exception {
    try (JdbcAuditStore store = store()) {
      appended(store, "before");
      try (Connection one = database.connect();
          Connection two = database.connect()) {
        assertThat(one.isValid(5) && two.isValid(5)).isTrue();
        assertThatThrownBy(() -> appended(store, "refused"))
            .hasCauseInstanceOf(AuditException.class);
        assertThatThrownBy(() -> database.write(handle -> handle.execute("SELECT 1")))
            .isInstanceOf(DatabaseException.class);
        assertThat(store.health().available()).isFalse();
      }
      onlyBeforeAndAfter(store);
    }
  }

  @Test
  void what_a_slow_database_keeps_waiting_is_refused_in_time_and_not_stored_later()
      throws Exception {
    try (JdbcAuditStore store = store()) {
      appended(store, "before");
      try (Connection other = database.connectApart(Duration.ofSeconds(30));
          Statement holds = other.createStatement()) {
        other.setAutoCommit(false);
        holds.execute("LOCK TABLE ig_chain_heads IN EXCLUSIVE MODE");
        assertThatThrownBy(() -> appended(store, "refused"))
            .hasCauseInstanceOf(AuditException.class);
        other.rollback();
      }
      onlyBeforeAndAfter(store);
    }
  }
}
