package app.intentgate.jdbc;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody waits for any more does not go on in PostgreSQL, and holds up nobody. */
@Timeout(300)
class AbandonedWorkTest {
  private static final String TOPIC = "anything";

  private Database one;
  private Database other;

  @BeforeEach
  void open() {
    PostgresUrl url = PostgresUrl.parse(EmbeddedPostgresServer.newMigratedDatabase());
    one = open(url);
    other = open(url);
  }

  private static Database open(PostgresUrl url) {
    return Database.open(
        DatabaseConfig.of(new DatabaseTarget.Postgres(url))
            .withConnections(2, 2)
            .withWaits(Duration.ofSeconds(10), Duration.ofSeconds(1)));
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  private long asleep() {
    return other.read(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND state = 'active' AND query LIKE '%pg_sleep(600)%'"
                        + " AND pid <> pg_backend_pid()")
                .mapTo(Long.class)
                .one());
  }

  @Test
  void a_query_that_was_given_up_ends_in_the_database_too() {
    assertThatThrownBy(() -> one.read(handle -> handle.execute("SELECT pg_sleep(600)")))
        .isInstanceOf(DatabaseException.class);
    assertThatThrownBy(() -> one.write(handle -> handle.execute("SELECT pg_sleep(600)")))
        .isInstanceOf(DatabaseException.class);

    until("nobody sleeps on", () -> asleep() == 0);
  }

  @Test
  void a_gate_that_stands_still_within_a_transaction_lets_the_others_go_on() throws Exception {
    CountDownLatch holds = new CountDownLatch(1);
    CountDownLatch movesAgain = new CountDownLatch(1);
    CompletableFuture<Long> still =
        CompletableFuture.supplyAsync(
            () ->
                one.write(
                    handle -> {
                      long version = FeedHeads.hold(handle.getConnection(), TOPIC);
                      holds.countDown();
                      await(movesAgain);
                      return version;
                    }));
    holds.await();
    try {
      until("the other gate changes the topic", this::changes);
    } finally {
      movesAgain.countDown();
    }
    assertThatThrownBy(still::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.UNAVAILABLE))
        .hasMessageContaining("idle-in-transaction");
    assertThat(one.<Integer>write(handle -> 7)).isEqualTo(7);
  }

  private boolean changes() {
    try {
      return other.write(handle -> FeedHeads.next(handle.getConnection(), other.dialect(), TOPIC))
          > 0;
    } catch (DatabaseException e) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
