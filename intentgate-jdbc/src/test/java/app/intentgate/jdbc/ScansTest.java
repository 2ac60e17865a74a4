package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Long queries leave room for small questions, and each has its own patience. */
@Timeout(90)
class ScansTest {
  @TempDir Path directory;

  private Database open(TestDatabase kind, int readers, Duration socketWait) {
    return Database.open(
        DatabaseConfig.of(kind.create(directory))
            .withConnections(2, readers)
            .withWaits(Duration.ofSeconds(2), socketWait));
  }

  @FunctionalInterface
  private interface Question {
    int of(Database.Work<Integer> work);
  }

  private static int one(Database database) {
    return database.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
  }

  private static int hold(Question kind, CountDownLatch begun, CountDownLatch end) {
    return kind.of(
        handle -> {
          begun.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return handle.createQuery("SELECT 1").mapTo(Integer.class).one();
        });
  }

  private void assertRoomBeside(Database database, int most) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(most);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(most);
    try {
      List<CompletableFuture<Integer>> scans = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        scans.add(CompletableFuture.supplyAsync(() -> hold(database::scan, begun, end), pool));
      }
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

      database.ping();
      assertThat(one(database)).isEqualTo(1);
      assertThatThrownBy(() -> database.scan(handle -> 1))
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.UNAVAILABLE))
          .hasMessageContaining("busy with other long queries");

      end.countDown();
      assertThat(scans).allSatisfy(scan -> assertThat(scan.join()).isEqualTo(1));
      assertThat(database.<Integer>scan(handle -> 7)).isEqualTo(7);
    } finally {
      end.countDown();
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void small_questions_are_answered_beside_as_many_scans_as_there_may_be(TestDatabase kind)
      throws InterruptedException {
    try (Database database = open(kind, 3, Duration.ofSeconds(10))) {
      assertRoomBeside(database, 2);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void with_one_reader_they_are_too(TestDatabase kind) throws InterruptedException {
    try (Database database = open(kind, 1, Duration.ofSeconds(10))) {
      assertRoomBeside(database, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void the_scans_of_one_tenant_leave_room_for_another(TestDatabase kind)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Database database = open(kind, 4, Duration.ofSeconds(10))) {
      List<CompletableFuture<Integer>> busy = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        busy.add(
            CompletableFuture.supplyAsync(
                () -> hold(work -> database.scan("acme", work), begun, end), pool));
      }
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

      assertThatThrownBy(() -> database.scan("acme", handle -> 1))
          .hasMessageContaining("busy with other long queries");
      assertThat(database.<Integer>scan("globex", handle -> 2)).isEqualTo(2);
      assertThat(database.<Integer>scan(handle -> 3)).isEqualTo(3);

      end.countDown();
      assertThat(busy).allSatisfy(one -> assertThat(one.join()).isEqualTo(1));
      assertThat(database.<Integer>scan("acme", handle -> 4)).isEqualTo(4);
    } finally {
      end.countDown();
      pool.shutdownNow();
    }
  }

  /** They are no sign that the database is away, however many there are of whatever kind. */
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void a_database_all_of_whose_readers_are_busy_is_not_away(TestDatabase kind)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(3);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try (Database database = open(kind, 3, Duration.ofSeconds(10))) {
      List<CompletableFuture<Integer>> busy = new ArrayList<>();
      busy.add(CompletableFuture.supplyAsync(() -> hold(database::read, begun, end), pool));
      for (int i = 0; i < 2; i++) {
        busy.add(CompletableFuture.supplyAsync(() -> hold(database::scan, begun, end), pool));
      }
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

      database.ping();

      end.countDown();
      assertThat(busy).allSatisfy(one -> assertThat(one.join()).isEqualTo(1));
    } finally {
      end.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void a_scan_may_wait_for_its_first_row_and_a_small_question_only_as_long_as_is_set() {
    try (Database database = open(TestDatabase.POSTGRESQL, 2, Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> database.read(handle -> handle.execute("SELECT pg_sleep(3)")))
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.UNAVAILABLE));
      assertThat(
              database.<String>scan(
                  handle ->
                      handle
                          .createQuery("SELECT 'slow' FROM (SELECT pg_sleep(2)) s")
                          .mapTo(String.class)
                          .one()))
          .isEqualTo("slow");
      // The patience of a scan stays with the scan: the next one may get its connection.
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> database.read(handle -> handle.execute("SELECT pg_sleep(3)")))
            .isInstanceOf(DatabaseException.class);
      }
    }
  }
}
