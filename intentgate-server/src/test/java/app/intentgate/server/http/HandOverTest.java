package app.intentgate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandOverTest {
  private final Queue<Runnable> others = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5;
  private long worked;
  private HandOver handOver;

  @BeforeEach
  void start() {
    handOver = new HandOver(others::add, () -> now, () -> worked);
  }

  private Runnable work(String name, Duration takes) {
    return () -> {
      now += takes.toNanos();
      worked += takes.toNanos();
      done.add(name);
    };
  }

  private Runnable waiting(String name, Duration takes) {
    return () -> {
      now += takes.toNanos();
      done.add(name);
    };
  }

  @Test
  void short_work_stays_on_the_thread_that_read() {
    handOver.run(2_000, work("a", Duration.ofNanos(30_000)));
    handOver.run(2_000, work("b", Duration.ofNanos(30_000)));

    assertThat(done).containsExactly("a", "b");
    assertThat(others).isEmpty();
  }

  @Test
  void a_large_request_keeps_nobody_waiting() {
    handOver.run(900_000, work("large", Duration.ofMillis(20)));

    assertThat(done).isEmpty();
    others.remove().run();
    assertThat(done).containsExactly("large");
  }

  @Test
  void once_calls_took_long_others_are_handed_over_for_some_seconds() {
    handOver.run(100, work("seems slow", Duration.ofMillis(30)));
    handOver.run(100, work("slow policy", Duration.ofMillis(30)));
    handOver.run(100, work("slow again", Duration.ofMillis(30)));
    handOver.run(100, work("next", Duration.ofMillis(30)));
    assertThat(done).containsExactly("seems slow", "slow policy", "slow again");
    assertThat(others).hasSize(1);

    now += Duration.ofSeconds(6).toNanos();
    handOver.run(100, work("later", Duration.ofNanos(100)));
    assertThat(done).containsExactly("seems slow", "slow policy", "slow again", "later");
  }

  @Test
  void the_second_call_that_takes_its_whole_deadline_is_enough() {
    handOver.run(100, work("explodes", Duration.ofMillis(60)));
    handOver.run(100, work("explodes again", Duration.ofMillis(60)));
    handOver.run(100, work("next", Duration.ofMillis(30)));

    assertThat(done).containsExactly("explodes", "explodes again");
  }

  @Test
  void calls_whose_thread_was_not_let_run_stay_where_they_are_however_many() {
    for (int i = 0; i < 100; i++) {
      handOver.run(100, waiting("crowded out", Duration.ofMillis(200)));
    }

    assertThat(done).hasSize(100);
    assertThat(others).isEmpty();
  }

  @Test
  void a_call_that_waited_for_a_quarter_of_a_second_keeps_the_next_ones_off_that_thread() {
    handOver.run(100, waiting("waits for a store", Duration.ofMillis(251)));
    handOver.run(100, work("next", Duration.ofNanos(100)));

    assertThat(done).containsExactly("waits for a store");
    assertThat(others).hasSize(1);
  }

  @Test
  void the_processor_is_asked_for_only_while_calls_seem_long() {
    AtomicInteger asked = new AtomicInteger();
    HandOver counted = new HandOver(others::add, () -> now, asked::getAndIncrement);

    counted.run(100, work("short", Duration.ofMillis(5)));
    assertThat(asked).hasValue(0);
    counted.run(100, work("seems long", Duration.ofNanos(5_000_001)));
    assertThat(asked).hasValue(0);
    counted.run(100, work("short", Duration.ofMillis(1)));
    assertThat(asked).hasValue(1);
    counted.run(100, work("seems long", Duration.ofMillis(6)));
    assertThat(asked).hasValue(3);

    now += Duration.ofSeconds(6).toNanos();
    counted.run(100, work("short", Duration.ofMillis(1)));
    assertThat(asked).hasValue(3);
  }

  @Test
  void a_pause_now_and_then_hands_over_nothing() {
    for (int i = 0; i < 20; i++) {
      handOver.run(100, work("paused", Duration.ofMillis(16)));
      now += Duration.ofMillis(990).toNanos();
    }

    assertThat(done).hasSize(20);
    assertThat(others).isEmpty();
  }
}
