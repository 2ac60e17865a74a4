package app.intentgate.jdbc.state;

import static app.intentgate.jdbc.state.Gates.get;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.memory.MemoryToolPinStore;
import app.intentgate.pin.PinStatus;
import app.intentgate.pin.ToolDefinition;
import app.intentgate.pin.ToolPin;
import app.intentgate.pin.ToolPinStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random replacements of pins on any gate, against the store in memory. */
class PinPropertyTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000006Z");
  private static final List<String> UPSTREAMS = List.of("billing", "Billing", "\u00e4/'");
  private static final List<String> TOOLS = List.of("", "pay", "Pay", "p\u2028y");

  @TempDir Path directory;

  private final Random random = new Random(31);

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static ToolDefinition definition(int number) {
    return ToolDefinition.of(
        JsonObject.of(
            "name", JsonString.of("pay"), "description", JsonString.of("v\u0000\ud800" + number)));
  }

  private ToolPin pin(String upstream, String tool) {
    return new ToolPin(
        upstream,
        tool,
        definition(random.nextInt(4)),
        random.nextBoolean() ? null : definition(random.nextInt(4)),
        pick(List.of(PinStatus.values())),
        AT);
  }

  private static boolean isSame(ToolPinStore store, ToolPinStore model) {
    boolean same = Set.copyOf(store.list(null)).equals(Set.copyOf(model.list(null)));
    for (String upstream : UPSTREAMS) {
      same &= Set.copyOf(store.list(upstream)).equals(Set.copyOf(model.list(upstream)));
    }
    return same;
  }

  @ParameterizedTest
  @EnumSource
  void every_gate_has_the_pins_that_one_store_in_memory_would(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      ToolPinStore model = new MemoryToolPinStore();
      List<ToolPin> seen = new ArrayList<>();
      int replaced = 0;
      int steps = 150;
      for (int step = 0; step < steps; step++) {
        ToolPin next = pin(pick(UPSTREAMS), pick(TOOLS));
        @Nullable ToolPin now = model.find(next.key());
        // What the caller believes is right, nothing, or out of date.
        @Nullable ToolPin expected = now;
        if (random.nextInt(3) == 0) {
          List<ToolPin> earlier =
              seen.stream().filter(pin -> pin.key().equals(next.key())).toList();
          expected = earlier.isEmpty() || random.nextBoolean() ? null : pick(earlier);
        }
        boolean done = get(model.replace(expected, next));
        assertThat(get(gates.any(random).pins().replace(expected, next)))
            .as("step %d: %s instead of %s, where %s is", step, next, expected, now)
            .isEqualTo(done);
        replaced += done ? 1 : 0;
        seen.add(next);
      }
      assertThat(replaced).isBetween(steps / 2, steps - 10);
      for (SqlState gate : gates.all()) {
        until("the gate has all pins", () -> isSame(gate.pins(), model));
        for (ToolPin pin : model.list(null)) {
          assertThat(gate.pins().find(pin.key())).isEqualTo(pin);
        }
      }
      assertThat(isSame(gates.fresh().pins(), model)).as("after a start").isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_many_gates_that_see_a_tool_first_at_once_one_makes_its_pin(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      for (int round = 0; round < 5; round++) {
        List<CompletionStage<Boolean>> stages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          stages.add(gates.any(random).pins().replace(null, pin("billing", "tool-" + round)));
        }
        assertThat(stages.stream().map(Gates::get).filter(made -> made)).hasSize(1);
      }
    }
  }
}
