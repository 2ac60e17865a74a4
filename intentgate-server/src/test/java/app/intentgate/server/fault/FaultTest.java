package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.GateProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is killed under load, at whatever moment, what was answered as a decision is on a chain
 * that verifies, once (B43, B59). {@link Rounds} says how often.
 */
@Timeout(value = 180, unit = TimeUnit.MINUTES)
class FaultTest {
  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();
  private final Rounds rounds = new Rounds();

  private GateProcess gate(String... variables) throws Exception {
    return FaultGate.start(directory.resolve("data"), variables);
  }

  private String[] other(String url) {
    return new String[] {"POSTGRES_URL", url, "DATA_DIR", directory.resolve("other").toString()};
  }

  @Test
  void gates_and_their_database_killed_at_random_moments_lose_nothing_they_answered_B43()
      throws Exception {
    try (OwnPostgres database = new OwnPostgres(directory.resolve("pg"));
        GateProcess steady = gate("POSTGRES_URL", database.url())) {
      String token = Chain.mint(steady, 0);
      rounds.run(
          Rounds.COUNT,
          round -> {
            Load.Ledger answered = new Load.Ledger();
            Instant begun = Instant.now();
            try (GateProcess victim = gate(other(database.url()));
                Load load = new Load(steady, token, 2, answered);
                Load more = new Load(victim, token, 2, answered)) {
              more.untilDecided(rounds.between(5, 60));
              rounds.moment();
              if (rounds.either()) {
                victim.end(true);
                rounds.moment();
                database.kill();
              } else {
                database.kill();
                rounds.moment();
                victim.end(true);
              }
              database.start();
              load.untilDecided(10);
            }
            Chain.checkSince(steady, answered, begun);
            ledger.add(answered);
          });
      Chain.check(steady, ledger);
      assertThat(ledger.decisions()).isGreaterThanOrEqualTo(15 * Rounds.COUNT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void a_killed_gate_loses_nothing_it_answered_and_grants_no_call_twice(String store)
      throws Exception {
    boolean sqlite = store.equals("sqlite");
    int count = sqlite ? Rounds.FEW : 2;
    int most = 60 * count;
    String[] variables =
        sqlite
            ? new String[] {"STORE", "sqlite"}
            : new String[] {"POSTGRES_URL", EmbeddedPostgresServer.newMigratedDatabase()};
    String token;
    try (GateProcess gate = gate(variables)) {
      token = Chain.mint(gate, most);
    }
    rounds.run(
        count,
        round -> {
          try (GateProcess gate = gate(variables)) {
            Chain.check(gate, ledger);
            try (Load load = new Load(gate, token, 4, ledger)) {
              load.untilDecided(rounds.between(10, 50));
              rounds.moment();
              gate.end(true);
            }
          }
        });
    try (GateProcess gate = gate(variables)) {
      int refusals = ledger.denied.size();
      try (Load load = new Load(gate, token, 4, ledger)) {
        load.until("the budget to be spent", all -> all.denied.size() >= refusals + 20);
      }
      assertThat(Chain.check(gate, ledger)).isBetween(1, most);
    }
  }

  @Test
  void of_two_gates_on_one_chain_one_is_killed_and_started_again() throws Exception {
    String url = EmbeddedPostgresServer.newMigratedDatabase();
    try (GateProcess steady = gate("POSTGRES_URL", url)) {
      String token = Chain.mint(steady, 0);
      try (Load load = new Load(steady, token, 2, ledger)) {
        rounds.run(
            2,
            round -> {
              try (GateProcess victim = gate(other(url));
                  Load more = new Load(victim, token, 2, ledger)) {
                more.untilDecided(60);
                victim.end(true);
              }
              load.untilDecided(20);
            });
      }
      assertThat(ledger.refused).as("refused by the gate that stayed").isEmpty();
      assertThat(Chain.check(steady, ledger)).isGreaterThanOrEqualTo(160);
    }
  }
}
