package app.intentgate.jdbc.state;

import static app.intentgate.jdbc.state.Gates.get;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.KillSwitchStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random switches thrown and released on any gate, against the store in memory. */
class KillSwitchPropertyTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.000006Z");
  private static final List<String> TENANTS = List.of("acme", "globex", "\u00e4'");
  private static final List<String> AGENTS = List.of("bot", "Bot", "b\u2028t");

  @TempDir Path directory;

  private final Random random = new Random(23);

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static boolean isSame(KillSwitchStore store, KillSwitchStore model) {
    for (String tenant : List.of("", "acme", "globex", "\u00e4'", "other")) {
      for (String agent : List.of("", "bot", "Bot", "b\u2028t", "other")) {
        if (!Objects.equals(store.engaged(tenant, agent), model.engaged(tenant, agent))) {
          return false;
        }
      }
    }
    return true;
  }

  @ParameterizedTest
  @EnumSource
  void every_gate_stops_the_calls_that_one_store_in_memory_would(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      KillSwitchStore model = new MemoryKillSwitchStore();
      int stopped = 0;
      for (int step = 0; step < 200; step++) {
        KillSwitchStore store = gates.any(random).killSwitches();
        Scope scope = Scope.values()[random.nextInt(3)];
        String tenant = pick(TENANTS);
        String agent = pick(AGENTS);
        if (random.nextInt(5) < 3) {
          KillSwitchEntry entry =
              new KillSwitchEntry(
                  scope,
                  scope == Scope.GLOBAL ? "" : tenant,
                  scope == Scope.AGENT ? agent : "",
                  "reason " + step,
                  START.plusSeconds(step),
                  "dana" + step);
          KillSwitchEntry expected = get(model.engage(entry));
          assertThat(get(store.engage(entry))).as("step %d", step).isEqualTo(expected);
        } else {
          boolean expected = get(model.release(scope, tenant, agent));
          assertThat(get(store.release(scope, tenant, agent)))
              .as("step %d: release of %s %s %s", step, scope, tenant, agent)
              .isEqualTo(expected);
        }
        String of = random.nextBoolean() ? null : tenant;
        assertThat(gates.any(random).killSwitches().list(of))
            .as("step %d: list of <%s>", step, of)
            .isEqualTo(model.list(of));
        if (step % 20 == 0) {
          for (SqlState gate : gates.all()) {
            until("the gate knows step " + step, () -> isSame(gate.killSwitches(), model));
          }
        }
        stopped += model.engaged(tenant, agent) == null ? 0 : 1;
      }
      assertThat(stopped).isBetween(1, 199);
      assertThat(isSame(gates.fresh().killSwitches(), model)).as("after a start").isTrue();
    }
  }
}
