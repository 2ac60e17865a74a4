package app.intentgate.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsedStatesTest {
  private final UsedStates used = new UsedStates(3_600);

  @Test
  void a_state_is_first_once_for_as_long_as_it_lives() {
    assertThat(used.isFirst("acme", "one", 0)).isTrue();
    assertThat(used.isFirst("acme", "one", 3_599)).isFalse();
    assertThat(used.isFirst("acme", "one", 3_600)).as("whoever asks checked its age").isTrue();
  }

  @Test
  void a_tenant_that_uses_up_its_part_takes_nothing_from_others() {
    for (int i = 0; i < UsedStates.MAX_OF_TENANT; i++) {
      assertThat(used.isFirst("acme", "a" + i, 0)).isTrue();
    }
    assertThat(used.isFirst("acme", "more", 0)).isFalse();
    assertThat(used.isFirst("globex", "g", 0)).isTrue();
    assertThat(used.isFirst("acme", "more", 3_600)).as("an hour later").isTrue();
  }
}
