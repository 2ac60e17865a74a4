package app.intentgate.jdbc.state;

import static app.intentgate.jdbc.state.Gates.get;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.memory.MemoryRevocationStore;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random revocations on any gate, against the store in memory. */
class RevocationPropertyTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.000006Z");
  private static final String[] TENANTS = {"", "acme", "Acme", "globex", "\u00e4", "'; --"};

  @TempDir Path directory;

  private final Random random = new Random(17);

  private String tenant() {
    return TENANTS[random.nextInt(TENANTS.length)];
  }

  private String id() {
    int number = random.nextInt(40);
    // A third of them as long as the id of a chain.
    return number % 3 == 0 ? "c" + "%042d".formatted(number) : "t" + number;
  }

  private static void assertSame(RevocationStore store, RevocationStore model) {
    for (int number = 0; number < 40; number++) {
      String id = number % 3 == 0 ? "c" + "%042d".formatted(number) : "t" + number;
      for (String tenant : TENANTS) {
        assertThat(store.isRevoked(tenant, id))
            .as("%s of <%s>", id, tenant)
            .isEqualTo(model.isRevoked(tenant, id));
      }
    }
    assertThat(store.listsChainIds()).isEqualTo(model.listsChainIds());
  }

  private static boolean isSame(RevocationStore store, RevocationStore model) {
    try {
      assertSame(store, model);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_gate_knows_what_one_store_in_memory_would(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      RevocationStore model = new MemoryRevocationStore();
      for (int step = 0; step < 100; step++) {
        RevocationStore store = gates.any(random).revocations();
        Revocation next =
            new Revocation(
                id(),
                tenant(),
                START.plusSeconds(step),
                random.nextBoolean() ? "" : "because\n'\u2028' " + step);
        Revocation expected = get(model.revoke(next));
        assertThat(get(store.revoke(next))).as("step %d", step).isEqualTo(expected);
        assertThat(store.isRevoked(next.tenant(), next.id())).as("at once on its gate").isTrue();
        String tenant = random.nextInt(3) == 0 ? null : tenant();
        int limit = 1 + random.nextInt(20);
        int offset = random.nextInt(10);
        assertThat(gates.any(random).revocations().list(tenant, limit, offset))
            .as("step %d: %d of <%s> after %d", step, limit, tenant, offset)
            .isEqualTo(model.list(tenant, limit, offset));
      }
      for (SqlState gate : gates.all()) {
        until("the gate knows everything", () -> isSame(gate.revocations(), model));
      }
      assertSame(gates.fresh().revocations(), model);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hundreds_at_once_are_all_in_force_and_each_is_listed_once(TestDatabase kind) {
    int count = 240;
    try (Gates gates = new Gates(kind, directory)) {
      List<CompletionStage<Revocation>> stages = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        stages.add(
            gates
                .any(random)
                .revocations()
                .revoke(new Revocation("t" + i, "acme", START.plusSeconds(i), "bulk")));
        if (i % 40 == 39) {
          // More at once would not be answered in time by a slow machine.
          stages.forEach(Gates::get);
        }
      }
      stages.forEach(Gates::get);
      for (SqlState gate : gates.all()) {
        until(
            "all of them are in force",
            () -> {
              boolean all = true;
              for (int i = 0; i < count; i++) {
                all &= gate.revocations().isRevoked("acme", "t" + i);
              }
              return all;
            });
        assertThat(gate.revocations().isRevoked("acme", "t" + count)).isFalse();
        assertThat(gate.revocations().isRevoked("globex", "t1")).isFalse();
      }
      List<String> listed = new ArrayList<>();
      for (int offset = 0; offset < count; offset += 100) {
        gates.all().get(0).revocations().list("acme", 100, offset).forEach(r -> listed.add(r.id()));
      }
      assertThat(listed).hasSize(count).doesNotHaveDuplicates().startsWith("t" + (count - 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void times_and_reasons_of_any_kind_come_back(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      RevocationStore store = gates.all().get(0).revocations();
      for (String time :
          List.of(
              "1969-12-31T23:59:59.999999Z",
              "0000-01-01T00:00:00Z",
              "9999-12-31T23:59:59.999999Z",
              "+20000-01-01T00:00:00Z")) {
        Revocation odd = new Revocation("at " + time, "acme", Instant.parse(time), "r");
        assertThat(get(store.revoke(odd))).isEqualTo(odd);
      }
      String long64k = "\u00e9".repeat(65_536);
      Revocation wordy = new Revocation("wordy", "acme", START, long64k);
      assertThat(get(store.revoke(wordy))).isEqualTo(wordy);
      Revocation broken = new Revocation("broken", "acme", START, "a\u0000b\ud800c\ud83d\ude00");
      assertThat(get(store.revoke(broken)).reason())
          .as("what no database can hold is spelt out")
          .isEqualTo("a\\u0000b\\ud800c\ud83d\ude00");
    }
  }
}
