package app.intentgate.jdbc.feed;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Versions of topics: without gaps, in the order of commits, and told when committed. */
class FeedHeadsTest {
  @TempDir Path directory;

  private static long next(Database database, String topic) {
    return database.write(
        handle -> FeedHeads.next(handle.getConnection(), database.dialect(), topic));
  }

  private static long hold(Database database, String topic) {
    return database.write(handle -> FeedHeads.hold(handle.getConnection(), topic));
  }

  @ParameterizedTest
  @EnumSource
  void each_topic_counts_for_itself_and_holding_counts_nothing(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      assertThat(hold(database, "a")).isEqualTo(1);
      assertThat(hold(database, "a")).isEqualTo(1);
      assertThat(next(database, "a")).isEqualTo(1);
      assertThat(next(database, "a")).isEqualTo(2);
      assertThat(next(database, "b'\u2028")).isEqualTo(1);
      assertThat(hold(database, "a")).isEqualTo(3);
      Map<String, Long> heads = database.read(handle -> FeedHeads.read(handle.getConnection()));
      assertThat(heads).containsEntry("a", 2L).containsEntry("b'\u2028", 1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_transaction_that_fails_takes_no_version(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      assertThat(next(database, "a")).isEqualTo(1);
      assertThatThrownBy(
              () ->
                  database.write(
                      handle -> {
                        assertThat(FeedHeads.next(handle.getConnection(), database.dialect(), "a"))
                            .isEqualTo(2);
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
      assertThat(next(database, "a")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void versions_of_many_at_once_have_no_gap_and_come_in_the_order_of_commits(TestDatabase kind)
      throws Exception {
    ConcurrentLinkedQueue<Long> versions = new ConcurrentLinkedQueue<>();
    DatabaseConfig patient =
        DatabaseConfig.of(kind.createMigrated(directory))
            .withWaits(Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (Database database = Database.open(patient)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 5; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    versions.add(
                        database.write(
                            handle -> {
                              Connection connection = handle.getConnection();
                              long held = FeedHeads.hold(connection, "a");
                              long next = FeedHeads.next(connection, database.dialect(), "a");
                              assertThat(next).as("what was held").isEqualTo(held);
                              return next;
                            }));
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(versions)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  private static List<String> heard(Connection connection) throws SQLException {
    List<String> payloads = new ArrayList<>();
    PGNotification[] notifications = connection.unwrap(PGConnection.class).getNotifications(10);
    if (notifications != null) {
      for (PGNotification notification : notifications) {
        assertThat(notification.getName()).isEqualTo(FeedHeads.CHANNEL);
        payloads.add(notification.getParameter());
      }
    }
    return payloads;
  }

  @Test
  void gates_are_told_of_what_was_committed_and_of_nothing_else() throws Exception {
    try (Database database = Migrated.create(TestDatabase.POSTGRESQL, directory);
        Connection listening = database.connectApart(Duration.ofSeconds(10));
        Statement listen = listening.createStatement()) {
      listen.execute("LISTEN " + FeedHeads.CHANNEL);
      hold(database, "held");
      assertThatThrownBy(
              () ->
                  database.write(
                      handle -> {
                        FeedHeads.tell(handle.getConnection(), database.dialect(), "undone");
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
      next(database, "it's one");
      List<String> all = new ArrayList<>();
      until(
          "the notification",
          () -> {
            all.addAll(heard(listening));
            return all.contains("it's one");
          });
      assertThat(all).containsExactly("it's one");
    }
  }
}
