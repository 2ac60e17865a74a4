package app.intentgate.jdbc.state;

import static app.intentgate.jdbc.state.Gates.get;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.memory.MemoryOperatorStore;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorStore;
import app.intentgate.operator.Role;
import app.intentgate.operator.TokenHash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accounts made, rotated and revoked at random on any gate, against the store in memory. */
class OperatorPropertyTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.000006Z");
  private static final List<String> TENANTS = List.of("", "acme", "\u00e4'\u2028");

  @TempDir Path directory;

  private final Random random = new Random(5);

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private OperatorAccount account(int step) {
    return new OperatorAccount(
        "op-" + random.nextInt(12),
        "Dana \ud83d\ude00 " + step,
        pick(List.of(Role.values())),
        pick(TENANTS),
        random.nextBoolean() ? "" : "https://issuer|sub " + step,
        START.plusSeconds(step),
        random.nextBoolean() ? null : START.plusSeconds(step + 1_000L),
        null,
        TokenHash.of("token " + step),
        null);
  }

  private OperatorAccount changed(OperatorAccount account, int step) {
    return switch (random.nextInt(6)) {
      case 0 -> account.revoked(START.plusSeconds(step));
      case 1 -> account.rotated(TokenHash.of("next " + step), START.plusSeconds(step + 60L));
      default -> account.rotated(TokenHash.of("next " + step), null);
    };
  }

  private static boolean isMade(OperatorStore store, OperatorAccount account) {
    try {
      get(store.create(account));
      return true;
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
      assertThat(e).hasMessageContaining(account.id()).hasMessageNotContaining(account.name());
      return false;
    }
  }

  private static boolean isSame(OperatorStore store, OperatorStore model) {
    boolean same = true;
    for (int i = 0; i < 13; i++) {
      same &= Objects.equals(store.find("op-" + i), model.find("op-" + i));
    }
    return same;
  }

  @ParameterizedTest
  @EnumSource
  void every_gate_has_the_accounts_that_one_store_in_memory_would(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      OperatorStore model = new MemoryOperatorStore();
      List<OperatorAccount> seen = new ArrayList<>();
      int replaced = 0;
      for (int step = 0; step < 130; step++) {
        OperatorStore store = gates.any(random).operators();
        if (seen.isEmpty() || random.nextInt(4) == 0) {
          OperatorAccount account = account(step);
          boolean made = isMadeInMemory(model, account);
          assertThat(isMade(store, account)).as("step %d: %s", step, account.id()).isEqualTo(made);
          if (made) {
            seen.add(account);
          }
        } else {
          OperatorAccount any = pick(seen);
          @Nullable OperatorAccount now = model.find(any.id());
          // Now and then somebody goes by an account as it was.
          OperatorAccount expected = now == null || random.nextInt(3) == 0 ? any : now;
          OperatorAccount next = changed(expected, step);
          boolean done = get(model.replace(expected, next));
          assertThat(get(store.replace(expected, next)))
              .as("step %d: %s", step, any.id())
              .isEqualTo(done);
          if (done) {
            seen.add(next);
            replaced++;
          }
        }
        String tenant = random.nextBoolean() ? null : pick(TENANTS);
        assertThat(gates.any(random).operators().list(tenant))
            .as("step %d: list of <%s>", step, tenant)
            .isEqualTo(model.list(tenant));
      }
      assertThat(replaced).isGreaterThan(25);
      for (SqlState gate : gates.all()) {
        until("the gate has every account", () -> isSame(gate.operators(), model));
      }
      assertThat(isSame(gates.fresh().operators(), model)).as("after a start").isTrue();
    }
  }

  private static boolean isMadeInMemory(OperatorStore model, OperatorAccount account) {
    try {
      get(model.create(account));
      return true;
    } catch (CompletionException | IllegalArgumentException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_many_who_rotate_one_token_at_once_one_does(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      OperatorAccount account = account(1);
      get(gates.all().get(0).operators().create(account));
      OperatorAccount now = account;
      for (int round = 0; round < 4; round++) {
        List<OperatorAccount> wishes = new ArrayList<>();
        List<CompletionStage<Boolean>> stages = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          wishes.add(now.rotated(TokenHash.of(round + "." + i), null));
          stages.add(gates.any(random).operators().replace(now, wishes.get(i)));
        }
        OperatorAccount winner = null;
        for (int i = 0; i < stages.size(); i++) {
          if (get(stages.get(i))) {
            assertThat(winner).as("round %d", round).isNull();
            winner = wishes.get(i);
          }
        }
        assertThat(winner).as("round %d", round).isNotNull();
        now = Objects.requireNonNull(winner);
        assertThat(gates.any(random).operators().list(null)).containsExactly(now);
      }
    }
  }
}
