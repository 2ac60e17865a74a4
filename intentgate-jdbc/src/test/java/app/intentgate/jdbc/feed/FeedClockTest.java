package app.intentgate.jdbc.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When what a gate holds may be relied on. */
class FeedClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);

  private final AtomicLong now = new AtomicLong();

  private FeedClock clock() {
    return new FeedClock(STALE_AFTER, now::get);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, -7 * SECOND, Long.MAX_VALUE - SECOND, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62})
  void what_was_never_read_is_not_relied_on_and_what_was_is_for_so_long(long start) {
    now.set(start);
    FeedClock clock = clock();
    assertThat(clock.isFresh()).isFalse();
    clock.upToDateAsOf(clock.now());
    assertThat(clock.isFresh()).isTrue();
    now.addAndGet(STALE_AFTER.toNanos());
    assertThat(clock.isFresh()).as("to the last nanosecond").isTrue();
    now.incrementAndGet();
    assertThat(clock.isFresh()).isFalse();
    assertThat(clock.ageMillis()).isEqualTo(5_000);
    assertThatThrownBy(clock::require)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("the change feed has said nothing for 5000 ms");
    clock.upToDateAsOf(clock.now());
    clock.require();
  }

  @Test
  void it_is_as_old_as_the_question_and_not_as_the_answer() {
    FeedClock clock = clock();
    long asked = clock.now();
    now.addAndGet(4 * SECOND);
    clock.upToDateAsOf(asked);
    assertThat(clock.ageMillis()).isEqualTo(4_000);
    now.addAndGet(SECOND + 1);
    assertThat(clock.isFresh()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE})
  void a_feed_that_is_known_to_be_cut_is_relied_on_for_a_second_more(long start) {
    now.set(start);
    FeedClock clock = clock();
    clock.upToDateAsOf(clock.now());
    clock.cut();
    assertThat(clock.isFresh()).isTrue();
    now.addAndGet(SECOND / 2);
    clock.cut();
    now.addAndGet(SECOND / 2 - 1);
    assertThat(clock.isFresh()).as("a cut that is found again began when it began").isTrue();
    now.addAndGet(2);
    assertThat(clock.isFresh()).isFalse();
    clock.upToDateAsOf(clock.now());
    assertThat(clock.isFresh()).isTrue();
    now.addAndGet(4 * SECOND);
    assertThat(clock.isFresh()).as("the cut is over").isTrue();
  }

  @Test
  void a_cut_makes_nothing_last_longer() {
    FeedClock clock = new FeedClock(Duration.ofMillis(300), now::get);
    clock.upToDateAsOf(clock.now());
    now.addAndGet(SECOND / 5);
    clock.cut();
    now.addAndGet(SECOND / 5);
    assertThat(clock.isFresh()).as("stale before the cut is a second old").isFalse();
  }
}
