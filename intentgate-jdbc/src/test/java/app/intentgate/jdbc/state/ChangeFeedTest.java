package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Proxy;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {
  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void revoke(SqlState gate, String id) {
    await(gate.revocations().revoke(new Revocation(id, "acme", Instant.now(), "")));
  }

  /** How long until it holds, in microseconds. */
  private static long until(BooleanSupplier condition, Duration limit) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("not within " + limit);
      }
      LockSupport.parkNanos(100_000);
    }
    return (System.nanoTime() - start) / 1_000;
  }

  /** Whether a token is refused: it is known to be revoked, or nothing is known for certain. */
  private static boolean isRefused(RevocationStore store, String id) {
    try {
      return store.isRevoked("acme", id);
    } catch (StoreUnavailableException e) {
      return true;
    }
  }

  private static boolean isFresh(SqlState gate) {
    return gate.feedHealth().fresh();
  }

  @Test
  void what_is_revoked_on_one_gate_is_refused_on_the_other() {
    try (TwoGates gates = new TwoGates()) {
      int rounds = 200;
      long[] micros = new long[rounds];
      for (int i = 0; i < rounds; i++) {
        String id = "jti-" + i;
        revoke(gates.a, id);
        micros[i] =
            until(() -> gates.b.revocations().isRevoked("acme", id), Duration.ofSeconds(20));
      }
      Arrays.sort(micros);
      System.out.printf(
          "propagation after the revocation was answered: p50 %d us, p99 %d us, max %d us%n",
          micros[rounds / 2], micros[rounds * 99 / 100], micros[rounds - 1]);
      assertThat(micros[rounds / 2]).as("half of them, by notification").isLessThan(400_000);
      assertThat(gates.b.revocations().isRevoked("globex", "jti-0")).isFalse();
    }
  }

  @Test
  void a_kill_switch_and_its_release_reach_the_other_gate() {
    try (TwoGates gates = new TwoGates()) {
      KillSwitchEntry entry =
          await(
              gates
                  .a
                  .killSwitches()
                  .engage(
                      new KillSwitchEntry(
                          Scope.TENANT,
                          "acme",
                          "",
                          "incident",
                          Instant.parse("2026-01-01T00:00:00Z"),
                          "pat")));
      until(
          () -> entry.equals(gates.b.killSwitches().engaged("acme", "bot")),
          Duration.ofSeconds(20));
      assertThat(await(gates.b.killSwitches().release(Scope.TENANT, "acme", ""))).isTrue();
      until(() -> gates.a.killSwitches().engaged("acme", "bot") == null, Duration.ofSeconds(20));
    }
  }

  @Test
  void what_was_changed_while_a_gate_was_down_is_known_when_it_starts() {
    try (TwoGates gates = new TwoGates()) {
      revoke(gates.a, "x".repeat(Revocation.CHAIN_ID_LENGTH));
      try (SqlState late = SqlState.open(gates.databaseOfB)) {
        assertThat(late.revocations().isRevoked("acme", "x".repeat(43))).isTrue();
        assertThat(late.revocations().listsChainIds()).isTrue();
      }
    }
  }

  @Test
  void after_its_sessions_were_cut_a_gate_knows_or_refuses_within_a_second() {
    try (TwoGates gates = new TwoGates()) {
      for (int round = 0; round < 5; round++) {
        String id = "cut-" + round;
        gates.cutSessions();
        await(retried(gates, id));
        until(() -> isRefused(gates.b.revocations(), id), Duration.ofSeconds(5));
        until(() -> isFresh(gates.a) && isFresh(gates.b), Duration.ofSeconds(30));
        assertThat(gates.b.revocations().isRevoked("acme", id)).isTrue();
      }
      assertThat(gates.b.feedHealth().connects()).isGreaterThan(1);
    }
  }

  /** The pool may hand out a connection that was cut: an operator tries again. */
  private static CompletionStage<Revocation> retried(TwoGates gates, String id) {
    Revocation revocation = new Revocation(id, "acme", Instant.now(), "");
    return gates
        .a
        .revocations()
        .revoke(revocation)
        .exceptionallyCompose(e -> gates.a.revocations().revoke(revocation))
        .exceptionallyCompose(e -> gates.a.revocations().revoke(revocation));
  }

  @Test
  void a_gate_that_cannot_come_back_refuses_everything_until_it_can() {
    try (TwoGates gates = new TwoGates()) {
      assertThat(gates.b.revocations().isRevoked("acme", "any")).isFalse();
      EmbeddedPostgresServer.execute(
          "postgres", "ALTER DATABASE " + gates.databaseName() + " ALLOW_CONNECTIONS false");
      gates.cutSessions();
      until(() -> isRefused(gates.b.revocations(), "any"), Duration.ofSeconds(20));
      assertThatThrownBy(() -> gates.b.killSwitches().engaged("acme", "bot"))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> gates.b.revocations().listsChainIds())
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(isFresh(gates.b)).isFalse();
      EmbeddedPostgresServer.execute(
          "postgres", "ALTER DATABASE " + gates.databaseName() + " ALLOW_CONNECTIONS true");
      until(() -> !isRefused(gates.b.revocations(), "any"), Duration.ofSeconds(30));
    }
  }

  @Test
  void a_feed_that_is_silent_for_too_long_refuses_and_comes_back() throws Exception {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        TwoGates gates =
            new TwoGates(
                EmbeddedPostgresServer.newMigratedDatabase(),
                Duration.ofSeconds(3),
                proxy.port())) {
      revoke(gates.a, "before");
      until(() -> gates.b.revocations().isRevoked("acme", "before"), Duration.ofSeconds(20));
      proxy.silent(true);
      assertThat(gates.b.revocations().isRevoked("acme", "before"))
          .as("no call asks the database")
          .isTrue();
      revoke(gates.a, "meanwhile");
      until(() -> isRefused(gates.b.revocations(), "meanwhile"), Duration.ofSeconds(20));
      assertThat(isFresh(gates.b)).isFalse();
      proxy.silent(false);
      until(() -> isFresh(gates.b), Duration.ofSeconds(30));
      assertThat(gates.b.revocations().isRevoked("acme", "meanwhile")).isTrue();
      assertThat(gates.b.revocations().isRevoked("acme", "never")).isFalse();
    }
  }

  @Test
  void a_feed_that_is_slow_knows_as_much_later_and_refuses_nothing_else() throws Exception {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        TwoGates gates =
            new TwoGates(
                EmbeddedPostgresServer.newDatabase(), Duration.ofSeconds(20), proxy.port())) {
      proxy.slow(40);
      revoke(gates.a, "late");
      until(() -> gates.b.revocations().isRevoked("acme", "late"), Duration.ofSeconds(20));
      assertThat(gates.b.revocations().isRevoked("acme", "never")).isFalse();
      assertThat(isFresh(gates.b)).isTrue();
    }
  }

  @Test
  void a_database_that_went_back_in_time_is_believed() {
    try (TwoGates gates = new TwoGates()) {
      revoke(gates.a, "kept");
      revoke(gates.a, "lost");
      until(() -> gates.b.revocations().isRevoked("acme", "lost"), Duration.ofSeconds(20));
      String name = gates.databaseName();
      EmbeddedPostgresServer.execute(name, "DELETE FROM ig_revocations WHERE id = 'lost'");
      EmbeddedPostgresServer.execute(name, "UPDATE ig_feed_heads SET version = version - 1");
      until(() -> !gates.b.revocations().isRevoked("acme", "lost"), Duration.ofSeconds(20));
      assertThat(gates.b.revocations().isRevoked("acme", "kept")).isTrue();
    }
  }
}
