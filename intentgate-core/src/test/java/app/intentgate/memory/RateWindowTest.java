package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RateWindowTest {
  private final RateWindow window = new RateWindow(100);

  private List<String> moments(long now) {
    List<String> out = new ArrayList<>();
    window.forEach(now, (at, amount) -> out.add(at + ":" + amount));
    return out;
  }

  @Test
  void what_happened_counts_for_the_whole_length_and_not_a_millisecond_more() {
    window.add(1_000, 3);
    assertThat(window.sum(1_000)).isEqualTo(3);
    assertThat(window.sum(1_099)).isEqualTo(3);
    assertThat(window.sum(1_100)).isZero();
    assertThat(window.sum(1_101)).isZero();
  }

  @Test
  void one_moment_is_one_entry_and_a_clock_that_steps_back_adds_to_the_newest() {
    window.add(1_000, 1);
    window.add(1_000, 2);
    window.add(1_010, 4);
    window.add(990, 8);
    assertThat(moments(1_010)).containsExactly("1000:3", "1010:12");
    assertThat(moments(1_100)).as("the oldest has passed").containsExactly("1010:12");
  }

  @Test
  void it_counts_as_a_list_of_all_that_happened_does() {
    Random random = new Random(3);
    TreeMap<Long, Long> all = new TreeMap<>();
    long now = 10_000;
    for (int i = 0; i < 5_000; i++) {
      now += random.nextInt(30) == 0 ? random.nextInt(150) : random.nextInt(4);
      long amount = random.nextInt(5);
      window.add(now, amount);
      all.merge(now, amount, Long::sum);
      long since = now - 100;
      assertThat(window.sum(now))
          .isEqualTo(all.tailMap(since, false).values().stream().mapToLong(a -> a).sum());
      if (i % 50 == 0) {
        assertThat(moments(now))
            .containsExactlyElementsOf(
                all.tailMap(since, false).entrySet().stream()
                    .map(e -> e.getKey() + ":" + e.getValue())
                    .toList());
      }
    }
  }
}
