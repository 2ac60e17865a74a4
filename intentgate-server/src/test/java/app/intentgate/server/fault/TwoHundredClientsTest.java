package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.GateProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gates with a hundred clients each, and one budget of a thousand calls (B8, B49). */
@Timeout(180)
class TwoHundredClientsTest {
  private static final int EACH = 100;
  private static final int MOST = 1_000;

  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();
  private final String url = EmbeddedPostgresServer.newMigratedDatabase();

  private GateProcess gate(String name) throws Exception {
    return FaultGate.start(directory.resolve(name), "POSTGRES_URL", url);
  }

  /** Both gates' clients go on until each of them was refused about once. */
  private void untilSpent(GateProcess one, GateProcess other, String token) throws Exception {
    try (Load load = new Load(one, token, EACH, ledger);
        Load more = new Load(other, token, EACH, ledger)) {
      more.until("the budget to be spent", all -> all.denied.size() >= 2 * EACH);
      load.untilDecided(1);
    }
  }

  @Test
  void two_hundred_clients_of_two_gates_get_exactly_a_thousand_calls() throws Exception {
    try (GateProcess one = gate("one");
        GateProcess other = gate("other")) {
      untilSpent(one, other, Chain.mint(one, MOST));
      assertThat(Chain.check(one, ledger)).isEqualTo(MOST);
      assertThat(ledger.allowed).hasSize(MOST);
    }
  }

  @Test
  void two_hundred_clients_never_get_more_when_one_of_two_gates_is_killed_and_started_again()
      throws Exception {
    try (GateProcess steady = gate("one")) {
      String token = Chain.mint(steady, MOST);
      try (GateProcess victim = gate("other");
          Load load = new Load(steady, token, EACH, ledger);
          Load more = new Load(victim, token, EACH, ledger)) {
        more.untilDecided(200);
        victim.end(true);
        load.untilDecided(50);
      }
      assertThat(ledger.allowed).as("the middle of the budget").hasSizeLessThan(MOST);
      try (GateProcess again = gate("other")) {
        untilSpent(steady, again, token);
      }
      // What the killed gate had set aside, or had not answered, may be lost; nothing else is.
      assertThat(Chain.check(steady, ledger)).isBetween(ledger.allowed.size(), MOST);
    }
  }
}
