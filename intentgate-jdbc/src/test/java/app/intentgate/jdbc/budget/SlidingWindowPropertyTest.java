package app.intentgate.jdbc.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The window of a rate against a plain list of what was spent when. */
class SlidingWindowPropertyTest {
  private static final long MINUTE = 60_000;

  /** Something spent. */
  private record Moment(long at, long amount) {}

  private static long sum(List<Moment> spent, long now, long late) {
    return spent.stream().filter(m -> m.at() > now - MINUTE - late).mapToLong(Moment::amount).sum();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void a_window_of_few_moments_is_exact_to_the_millisecond(long seed) {
    Random random = new Random(seed);
    SlidingWindow window = SlidingWindow.EMPTY;
    List<Moment> spent = new ArrayList<>();
    long now = 1_700_000_000_000L;
    for (int i = 0; i < 2_000; i++) {
      now += random.nextInt(900);
      long amount = random.nextInt(4);
      window = window.spent(now, amount);
      spent.add(new Moment(now, amount));
      assertThat(window.moments()).isLessThan(SlidingWindow.EXACT_MOMENTS);
      long asked = now + random.nextInt(70_000);
      assertThat(window.sum(asked)).as("step %d", i).isEqualTo(sum(spent, asked, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void a_window_of_many_moments_never_forgets_early_and_forgets_a_tenth_of_a_second_late_at_most(
      long seed) {
    Random random = new Random(seed);
    SlidingWindow window = SlidingWindow.EMPTY;
    List<Moment> spent = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 3_000; i++) {
      now += random.nextInt(30);
      window = window.spent(now, 1);
      spent.add(new Moment(now, 1));
      if (i % 10 == 0) {
        long asked = now + random.nextInt(70_000);
        assertThat(window.sum(asked))
            .as("step %d", i)
            .isBetween(sum(spent, asked, 0), sum(spent, asked, SlidingWindow.COARSE_MILLIS));
      }
      assertThat(window.moments())
          .as("what a row of the database may grow to")
          .isLessThanOrEqualTo(SlidingWindow.EXACT_MOMENTS + 1);
    }
    assertThat(window.total()).isGreaterThanOrEqualTo(sum(spent, now, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void what_is_stored_is_read_as_it_was(long seed) {
    Random random = new Random(seed);
    SlidingWindow window = SlidingWindow.EMPTY;
    long now = random.nextInt(2) * 1_700_000_000_000L - 100;
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(200);
      window = window.with(now - random.nextInt(50_000), random.nextInt(1_000), now);
      SlidingWindow again = SlidingWindow.parse(window.text());
      assertThat(again.text()).isEqualTo(window.text());
      assertThat(again.sum(now)).isEqualTo(window.sum(now));
      assertThat(again.total()).isEqualTo(window.total());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void the_next_change_is_the_first_moment_at_which_the_sum_is_less(long seed) {
    Random random = new Random(seed);
    SlidingWindow window = SlidingWindow.EMPTY;
    long now = 5_000_000;
    for (int i = 0; i < 100; i++) {
      now += random.nextInt(2_000);
      window = window.spent(now, 1 + random.nextInt(3));
      long change = window.nextChange(now);
      assertThat(window.sum(change - 1)).isEqualTo(window.sum(now));
      assertThat(window.sum(change)).isLessThan(window.sum(now));
    }
    assertThat(window.nextChange(now + MINUTE)).as("nothing counts").isEqualTo(now + MINUTE);
    assertThat(SlidingWindow.EMPTY.nextChange(7)).isEqualTo(7);
  }

  @Test
  void moments_that_are_told_in_any_order_make_the_same_window() {
    List<Moment> moments = new ArrayList<>();
    Random random = new Random(9);
    for (int i = 0; i < 200; i++) {
      moments.add(new Moment(1_000 + random.nextInt(50_000), 1 + random.nextInt(5)));
    }
    String inOrder = null;
    for (int round = 0; round < 5; round++) {
      SlidingWindow window = SlidingWindow.EMPTY;
      for (Moment moment : moments) {
        window = window.with(moment.at(), moment.amount(), 51_000);
      }
      assertThat(window.text()).isEqualTo(inOrder == null ? window.text() : inOrder);
      inOrder = window.text();
      java.util.Collections.shuffle(moments, random);
    }
  }

  @Test
  void what_a_gate_spent_by_its_own_clock_counts_by_the_ledgers() {
    SlidingWindow ofGate = SlidingWindow.EMPTY.spent(100, 2).spent(40_000, 3);
    SlidingWindow ledger = SlidingWindow.EMPTY.spent(1_000_000, 1);
    SlidingWindow both = ledger.withAll(ofGate, 960_000, 1_000_000);
    assertThat(both.text()).isEqualTo("960100:2,1000000:4");
    assertThat(ledger.withAll(ofGate, 930_000, 1_000_000).sum(1_000_000))
        .as("the older of them is over a minute old")
        .isEqualTo(4);
  }

  @Test
  void what_is_spent_while_the_clock_is_back_counts_until_the_newest_is_over() {
    SlidingWindow window = SlidingWindow.EMPTY.spent(100_000, 1).spent(30_000, 5);
    assertThat(window.text()).isEqualTo("100000:6");
    assertThat(window.sum(30_000)).isEqualTo(6);
    assertThat(window.sum(159_999)).isEqualTo(6);
    assertThat(window.sum(160_000)).isZero();
  }

  @Test
  void sums_end_at_the_largest_number() {
    SlidingWindow window =
        SlidingWindow.EMPTY.spent(1, Long.MAX_VALUE - 1).spent(1, 5).spent(2, Long.MAX_VALUE);
    assertThat(window.sum(2)).isEqualTo(Long.MAX_VALUE);
    assertThat(window.total()).isEqualTo(Long.MAX_VALUE);
    assertThat(SlidingWindow.parse(window.text()).sum(2)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | not a moment",
        "7:1, | not a moment",
        "7:1,6:1 | out of order",
        "7:-1 | out of order",
        "7:x | For input",
        "a:1 | For input",
        "7:9223372036854775808 | For input",
        ":1 | For input",
        "7:1:1 | For input"
      })
  void a_row_that_says_something_else_is_no_window(String text, String why) {
    assertThatThrownBy(() -> SlidingWindow.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
