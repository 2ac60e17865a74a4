package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.GateProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is killed or frozen under load, what was answered as a decision is on a chain that
 * verifies (B59). Twice each in the ordinary run; {@code -Dintentgate.fault.rounds=N} does it N
 * times, and keeps the database away for as long as its operators do.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class FaultTest {
  private static final int ROUNDS = Integer.getInteger("intentgate.fault.rounds", 2);
  private static final boolean LONG = System.getProperty("intentgate.fault.rounds") != null;
  private static final int MAX_CALLS = 60 * ROUNDS;

  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @BeforeEach
  void sayTheSeed() {
    System.out.println("fault seed " + seed);
  }

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
      assertThat(ledger.refused).as("refused by the gate that stayed").isEmpty();
      assertThat(Chain.check(steady, ledger)).isGreaterThanOrEqualTo(160);
    }
  }

  /** What a database goes through. */
  private interface Event {
    void happen() throws Exception;
  }

  /** Nothing is decided while it is away, and calls go on when it is back. */
  private void away(Load load, int seconds, Event begin, Event end) throws Exception {
    load.untilDecided(30);
    begin.happen();
    int begun = ledger.begun();
    long over = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    load.until("refusals", all -> all.refused.stream().filter(n -> n > begun).count() >= 8);
    load.until("the time to pass", all -> System.nanoTime() > over);
    assertThat(ledger.lastDecided.get())
        .as("decided without a database")
        .isLessThanOrEqualTo(begun);
    end.happen();
    load.untilDecided(30);
  }

  @Test
  void what_a_database_that_is_away_frozen_or_killed_cannot_store_is_refused_and_not_executed_B59()
      throws Exception {
    Set<Integer> executed = ConcurrentHashMap.newKeySet();
    List<Integer> twice = new CopyOnWriteArrayList<>();
    try (OwnPostgres database = new OwnPostgres(directory.resolve("pg"));
        FakeMcpServer upstream =
            new FakeMcpServer(
                (request, reply) -> {
                  int number = request.json().at("/params/arguments/n").asInt();
                  if (!executed.add(number)) {
                    twice.add(number);
                  }
                  reply.result(request, "{\"content\":[]}");
                });
        GateProcess gate =
            gate(
                "POSTGRES_URL", database.url(),
                "AUDIT_WAIT_MS", "1000",
                "UPSTREAM_URL", upstream.url())) {
      String token = Chain.mint(gate, 0);
      try (Load load = new Load(gate, token, 4, ledger)) {
        away(load, LONG ? 20 : 0, database::freeze, database::thaw);
        for (int round = 0; round < ROUNDS; round++) {
          load.untilDecided(10 + random.nextInt(40));
          database.kill();
          database.start();
          load.untilDecided(30);
        }
        away(load, LONG ? 30 : 2, database::kill, database::start);
      }
      Chain.check(gate, ledger);
    }
    assertThat(executed).hasSizeGreaterThanOrEqualTo(100);
    assertThat(executed).doesNotContainAnyElementsOf(ledger.refused);
    assertThat(twice).isEmpty();
  }

  /**
   * Two gates with a hundred clients each, and one budget.
   *
   * @param killed whether one of the gates is killed and started again while they spend
   */
  private void two_hundred_clients(boolean killed) throws Exception {
    String url = EmbeddedPostgresServer.newDatabase();
    String[] other = {"POSTGRES_URL", url, "DATA_DIR", directory.resolve("other").toString()};
    try (GateProcess steady = gate("POSTGRES_URL", url)) {
      String token = Chain.mint(steady, 1_000);
      try (Load load = new Load(steady, token, 100, ledger)) {
        try (GateProcess victim = gate(other);
            Load more = new Load(victim, token, 100, ledger)) {
          if (killed) {
            more.untilDecided(100);
            victim.end(true);
          } else {
            more.untilDecided(1);
            load.until("the budget to be spent", all -> all.denied.size() >= 200);
          }
        }
        if (killed) {
          try (GateProcess again = gate(other);
              Load more = new Load(again, token, 100, ledger)) {
            more.untilDecided(1);
            load.until("the budget to be spent", all -> all.denied.size() >= 200);
          }
        }
      }
      int allowed = Chain.check(steady, ledger);
      assertThat(allowed).isBetween(killed ? 1 : 1_000, 1_000);
    }
  }

  @Test
  void two_hundred_clients_of_two_gates_get_exactly_a_thousand_calls() throws Exception {
    two_hundred_clients(false);
    assertThat(ledger.allowed).hasSize(1_000);
  }

  @Test
  @EnabledIfSystemProperty(named = "intentgate.fault.rounds", matches = "[1-9][0-9]*")
  void two_hundred_clients_never_get_more_when_one_of_two_gates_is_killed_and_started_again()
      throws Exception {
    two_hundred_clients(true);
  }
}
