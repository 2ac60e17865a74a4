package app.intentgate.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UsedStatesTest {
  private static final long LIFE = 3_600;

  private final AtomicLong now = new AtomicLong(-50);
  private final UsedStates used = new UsedStates(LIFE, now::get);

  @Test
  void a_state_is_first_once_for_twice_as_long_as_it_counts() {
    assertThat(used.isFirst("acme", "one")).isTrue();
    assertThat(used.isFirst("acme", "one")).isFalse();
    now.addAndGet(2 * LIFE - 1);
    assertThat(used.isFirst("acme", "one")).isFalse();
    now.addAndGet(1);
    assertThat(used.isFirst("acme", "one")).as("whoever asks checked its age").isTrue();
  }

  @Test
  void a_tenant_that_uses_up_its_part_takes_nothing_from_others() {
    for (int i = 0; i < UsedStates.MAX_OF_TENANT; i++) {
      assertThat(used.isFirst("acme", "a" + i)).isTrue();
    }
    assertThat(used.isFirst("acme", "more")).isFalse();
    assertThat(used.isFirst("globex", "g")).isTrue();
    now.addAndGet(2 * LIFE);
    assertThat(used.isFirst("acme", "more")).as("two hours later").isTrue();
  }
}
