package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.BudgetStore;
import app.intentgate.file.FileStateStore;
import app.intentgate.memory.MemoryBudgetStore;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A budget is the token's that was given it, however short its children live that spend it. */
class SpentByChildrenTest {
  private final SetClock clock = new SetClock();
  private final KeyRing keys = KeyRing.generate();
  private final CapabilityToken parent =
      gate(new MemoryBudgetStore())
          .mint(Grant.to("bot").tenant("acme").expiresIn(Duration.ofDays(365)).maxCalls(2));

  @TempDir Path folder;

  private IntentGate gate(BudgetStore budgets) {
    return IntentGate.builder()
        .keys(keys)
        .policy(FixedPolicy.allowing())
        .budgets(budgets)
        .clock(clock)
        .build();
  }

  private String askWith(BudgetStore budgets, CapabilityToken token) {
    return gate(budgets).authorize(ToolCall.of("read").bearer(token)).reason();
  }

  /** A child, made offline by whoever holds the parent, that ends at once. */
  private CapabilityToken child() {
    return parent.attenuate(new Caveat.Expiry(clock.now.getEpochSecond() + 2));
  }

  @Test
  void a_parent_has_nothing_left_after_restarts_long_after_its_children_ended() {
    for (int i = 0; i < 2; i++) {
      try (FileStateStore state = FileStateStore.open(folder, clock)) {
        assertThat(askWith(state.budgets(), child())).isEqualTo("fine");
      }
      clock.now = clock.now.plus(Duration.ofDays(2));
    }
    for (int i = 0; i < 2; i++) {
      try (FileStateStore state = FileStateStore.open(folder, clock)) {
        assertThat(askWith(state.budgets(), parent)).isEqualTo("max_calls exceeded (3 > 2)");
        assertThat(askWith(state.budgets(), child())).isEqualTo("max_calls exceeded (3 > 2)");
      }
    }
  }

  @Test
  void nor_where_a_store_that_is_full_forgets_what_it_may() {
    MemoryBudgetStore small = new MemoryBudgetStore(2);
    assertThat(askWith(small, child())).isEqualTo("fine");
    assertThat(askWith(small, child())).isEqualTo("fine");
    clock.now = clock.now.plus(Duration.ofDays(2));
    CapabilityToken other = parent.attenuate(new Caveat.MaxCalls(1));
    assertThat(askWith(small, other)).contains("budget store unavailable");
    assertThat(askWith(small, parent)).isEqualTo("max_calls exceeded (3 > 2)");
  }
}
