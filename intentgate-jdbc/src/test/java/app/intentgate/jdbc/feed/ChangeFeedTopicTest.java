package app.intentgate.jdbc.feed;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the feed asks of a topic, whatever becomes of notifications, rows and connections. */
@Timeout(90)
class ChangeFeedTopicTest {
  private static final Duration STALE_AFTER = Duration.ofMinutes(2);

  @TempDir Path directory;
  private Database database;

  /** A topic that reads nothing and says what was asked of it. */
  private static final class Recorded implements FeedTopic {
    private final List<Long> followed = new CopyOnWriteArrayList<>();
    private final AtomicInteger reloads = new AtomicInteger();
    private final AtomicLong newest = new AtomicLong(Long.MAX_VALUE);
    private volatile int failures;

    @Override
    public String name() {
      return "recorded";
    }

    @Override
    public void reload(Connection connection) {
      reloads.incrementAndGet();
    }

    @Override
    public long follow(Connection connection, long after) throws SQLException {
      if (failures > 0) {
        failures = 0;
        throw new SQLException("a row cannot be read");
      }
      followed.add(after);
      return newest.get();
    }
  }

  @BeforeEach
  void open() {
    database = Migrated.create(TestDatabase.POSTGRESQL, directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ChangeFeed feed(FeedTopic topic, Map<String, Runnable> listeners) {
    return ChangeFeed.open(database, List.of(topic), listeners, STALE_AFTER);
  }

  private void change() {
    database.write(
        handle -> FeedHeads.next(handle.getConnection(), database.dialect(), "recorded"));
  }

  private void execute(String sql) {
    database.write(handle -> handle.execute(sql));
  }

  @Test
  void a_change_whose_notification_was_lost_is_found_all_the_same() {
    Recorded topic = new Recorded();
    change();
    try (ChangeFeed feed = feed(topic, Map.of())) {
      assertThat(topic.reloads).hasValue(1);
      execute("UPDATE ig_feed_heads SET version = version + 1 WHERE topic = 'recorded'");
      until("it is followed", () -> topic.followed.contains(1L));
      change();
      until("from where it was", () -> topic.followed.contains(2L));
      assertThat(topic.followed).containsExactly(1L, 2L);
      assertThat(topic.reloads).as("nothing is read twice").hasValue(1);
      assertThat(feed.health().fresh()).isTrue();
    }
  }

  @Test
  void a_version_without_a_row_has_everything_read_anew_and_once() {
    Recorded topic = new Recorded();
    topic.newest.set(0);
    try (ChangeFeed feed = feed(topic, Map.of())) {
      change();
      until("all of it is read", () -> topic.reloads.get() == 2);
      topic.newest.set(Long.MAX_VALUE);
      change();
      until("it goes on behind that version", () -> topic.followed.contains(1L));
      assertThat(topic.reloads).hasValue(2);
      assertThat(feed.health().connects()).isEqualTo(1);
    }
  }

  @Test
  void versions_that_went_back_have_everything_read_anew() {
    Recorded topic = new Recorded();
    change();
    change();
    try (ChangeFeed feed = feed(topic, Map.of())) {
      execute("UPDATE ig_feed_heads SET version = 1 WHERE topic = 'recorded'");
      until("all of it is read", () -> topic.reloads.get() == 2);
      change();
      until("it goes on from there", () -> topic.followed.contains(1L));
      execute("DELETE FROM ig_feed_heads WHERE topic = 'recorded'");
      until("also of a topic that is gone", () -> topic.reloads.get() == 3);
      assertThat(feed.health().connects()).isEqualTo(1);
    }
  }

  @Test
  void a_topic_that_cannot_be_read_is_read_on_a_new_connection() {
    Recorded topic = new Recorded();
    try (ChangeFeed feed = feed(topic, Map.of())) {
      topic.failures = 1;
      change();
      until("it connects again", () -> feed.health().connects() == 2);
      until("and reads all", () -> topic.reloads.get() == 2);
      change();
      until("and follows", () -> topic.followed.contains(1L));
      until("and is fresh", () -> feed.health().fresh());
    }
  }

  @Test
  void a_listener_is_told_of_its_own_and_one_that_fails_stops_nothing() {
    AtomicInteger told = new AtomicInteger();
    AtomicInteger other = new AtomicInteger();
    Recorded topic = new Recorded();
    Map<String, Runnable> listeners =
        Map.of(
            "budgets",
            () -> {
              told.incrementAndGet();
              throw new IllegalStateException("a listener's own mistake");
            },
            "other",
            other::incrementAndGet);
    try (ChangeFeed feed = feed(topic, listeners)) {
      for (int i = 1; i <= 3; i++) {
        database.write(
            handle -> {
              FeedHeads.tell(handle.getConnection(), database.dialect(), "budgets");
              FeedHeads.tell(handle.getConnection(), database.dialect(), "of nobody");
              return true;
            });
        int times = i;
        until("it is told", () -> told.get() >= times);
      }
      change();
      until("topics go on", () -> topic.followed.contains(0L));
      assertThat(other).hasValue(0);
      assertThat(feed.health().connects()).isEqualTo(1);
    }
  }

  @Test
  void listeners_are_told_after_a_cut_since_something_may_have_been_missed() {
    AtomicInteger told = new AtomicInteger();
    Recorded topic = new Recorded();
    try (ChangeFeed feed = feed(topic, Map.of("budgets", told::incrementAndGet))) {
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
              + " AND query LIKE '%ig_feed_heads%'");
      until("it is told", () -> told.get() > 0);
      assertThat(feed.health().connects()).isGreaterThan(1);
      assertThat(topic.reloads).hasValueGreaterThan(1);
    }
  }

  @Test
  void a_topic_that_cannot_be_read_at_the_start_is_no_feed() {
    FeedTopic broken =
        new FeedTopic() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public void reload(Connection connection) throws SQLException {
            throw new SQLException("a row cannot be read");
          }

          @Override
          public long follow(Connection connection, long after) {
            return after;
          }
        };
    assertThatThrownBy(() -> feed(broken, Map.of()))
        .isInstanceOf(app.intentgate.jdbc.DatabaseException.class)
        .hasMessageContaining("a row cannot be read");
  }
}
