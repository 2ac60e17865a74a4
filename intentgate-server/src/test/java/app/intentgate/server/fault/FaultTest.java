package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.GateProcess;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is killed or frozen under load, what was answered as a decision is on a chain that
 * verifies (B59). Runs when asked for: {@code -Dintentgate.fault.rounds=N} kills gates N times.
 */
@EnabledIfSystemProperty(named = "intentgate.fault.rounds", matches = "[1-9][0-9]*")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class FaultTest {
  private static final int ROUNDS = Integer.getInteger("intentgate.fault.rounds", 3);
  private static final int MAX_CALLS = 60 * ROUNDS;

  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();

  private GateProcess gate(String... variables) throws Exception {
    return FaultGate.start(directory.resolve("data"), variables);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void a_killed_gate_loses_nothing_it_answered_and_grants_no_call_twice(String store)
      throws Exception {
    String[] variables =
        store.equals("sqlite")
            ? new String[] {"STORE", "sqlite"}
            : new String[] {"POSTGRES_URL", EmbeddedPostgresServer.newDatabase()};
    long seed = System.nanoTime();
    Random random = new Random(seed);
    System.out.println("fault seed " + seed);
    String token = "";
    for (int round = 0; round < ROUNDS; round++) {
      try (GateProcess gate = gate(variables)) {
        token = round == 0 ? Chain.mint(gate, MAX_CALLS) : token;
        Chain.check(gate, ledger);
        try (Load load = new Load(gate, token, 4, ledger)) {
          load.untilDecided(10 + random.nextInt(40));
          gate.end(true);
        }
      }
    }
    try (GateProcess gate = gate(variables)) {
      int refusals = ledger.denied.size();
      try (Load load = new Load(gate, token, 4, ledger)) {
        load.until("the budget to be spent", all -> all.denied.size() >= refusals + 20);
      }
      assertThat(Chain.check(gate, ledger)).isBetween(1, MAX_CALLS);
    }
  }

  @Test
  void of_two_gates_on_one_chain_one_is_killed_and_started_again() throws Exception {
    String url = EmbeddedPostgresServer.newDatabase();
    String[] other = {"POSTGRES_URL", url, "DATA_DIR", directory.resolve("other").toString()};
    try (GateProcess steady = gate("POSTGRES_URL", url)) {
      String token = Chain.mint(steady, 0);
      try (Load load = new Load(steady, token, 2, ledger)) {
        for (int round = 0; round < 2; round++) {
          try (GateProcess victim = gate(other);
              Load more = new Load(victim, token, 2, ledger)) {
            more.untilDecided(60);
            victim.end(true);
          }
          load.untilDecided(20);
        }
      }
      assertThat(ledger.refused).isEmpty();
      assertThat(Chain.check(steady, ledger)).isGreaterThanOrEqualTo(160);
    }
  }

  /** A fault of the database, and its end. */
  private interface Fault {
    void apply(OwnPostgres database) throws Exception;
  }

  private void databaseFault(Fault begin, Fault end) throws Exception {
    Set<Integer> executed = new HashSet<>();
    try (OwnPostgres database = new OwnPostgres(directory.resolve("pg"));
        FakeMcpServer upstream =
            new FakeMcpServer(
                (request, reply) -> {
                  synchronized (executed) {
                    executed.add(request.json().at("/params/arguments/n").asInt());
                  }
                  reply.result(request, "{\"content\":[]}");
                });
        GateProcess gate =
            gate(
                "POSTGRES_URL",
                database.url(),
                "AUDIT_WAIT_MS",
                "1000",
                "UPSTREAM_URL",
                upstream.url())) {
      String token = Chain.mint(gate, 0);
      try (Load load = new Load(gate, token, 4, ledger)) {
        load.untilDecided(30);
        begin.apply(database);
        int begun = ledger.begun();
        load.until("refusals", all -> all.refused.stream().filter(n -> n > begun).count() >= 8);
        assertThat(ledger.lastDecided.get())
            .as("decided without a database")
            .isLessThanOrEqualTo(begun);
        end.apply(database);
        load.untilDecided(30);
      }
      Chain.check(gate, ledger);
      synchronized (executed) {
        assertThat(executed).hasSizeGreaterThanOrEqualTo(60);
        assertThat(executed).doesNotContainAnyElementsOf(ledger.refused);
      }
    }
  }

  @Test
  void what_a_frozen_postgresql_held_too_long_is_refused_and_not_executed_later() throws Exception {
    databaseFault(database -> database.signal("STOP"), database -> database.signal("CONT"));
  }
}
