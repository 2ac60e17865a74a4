package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.BudgetModel;
import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.jdbc.history.History;
import app.intentgate.jdbc.history.Linearization;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Budgets of two gates on one PostgreSQL: what clients of both are told at once can always be
 * explained by one charge after another on one counter.
 */
class BudgetHistoryTest {
  private static final int CLIENTS = 8;

  private static Charge limit(Kind kind, String key, long max, long amount) {
    return new Charge(kind, "acme", key, max, amount, null);
  }

  /** Charges, and records it; refusals say how far it was with what gates hold, so not exactly. */
  private static void charge(
      History<BudgetModel> history, BudgetStore store, String object, List<Charge> limits) {
    history.run(
        object,
        "charge " + limits,
        budget -> budget.tryCharge(limits),
        () ->
            store
                    .charge(limits, System.currentTimeMillis())
                    .toCompletableFuture()
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join()
                    .charged()
                ? BudgetModel.CHARGED
                : BudgetModel.REFUSED);
  }

  private static BudgetStore store(TwoGates gates, int client) {
    return (client % 2 == 0 ? gates.a : gates.b).budgets();
  }

  @Test
  void max_calls_sums_and_shared_ancestors_are_charged_as_if_one_after_another() throws Exception {
    History<BudgetModel> history = new History<>();
    try (TwoGates gates = new TwoGates()) {
      Clients.run(
          CLIENTS,
          client -> {
            Random random = new Random(client);
            BudgetStore store = store(gates, client);
            for (int i = 0; i < 60; i++) {
              String object = "token-" + i / 6;
              charge(history, store, object, limits(random, object));
            }
          });
    }
    assertThat(history.answered()).as("every charge was answered").isEqualTo(CLIENTS * 60);
    assertThat(Linearization.violation(BudgetModel.UNSPENT, history)).isEmpty();
  }

  private static List<Charge> limits(Random random, String token) {
    Charge calls = limit(Kind.CALLS, token, 25, 1);
    Charge child = limit(Kind.CALLS, token + "/" + random.nextInt(2), 9, 1);
    Charge cents = limit(Kind.COST, token, 200, 1 + random.nextInt(30));
    return switch (random.nextInt(3)) {
      case 0 -> List.of(calls);
      case 1 -> List.of(calls, child);
      default -> List.of(child, cents, calls);
    };
  }

  @Test
  void the_last_call_of_a_wide_limit_goes_to_one_client_of_one_gate() throws Exception {
    History<BudgetModel> history = new History<>();
    try (TwoGates gates = new TwoGates()) {
      // Wide enough that both gates hold calls ahead and have to give them back near the end.
      List<Charge> wide = List.of(limit(Kind.CALLS, "wide", 400, 1));
      Clients.run(
          CLIENTS,
          client -> {
            for (int i = 0; i < 60; i++) {
              charge(history, store(gates, client), "wide", wide);
            }
          });
    }
    assertThat(history.answered()).isEqualTo(CLIENTS * 60);
    assertThat(Linearization.violation(BudgetModel.UNSPENT, history)).isEmpty();
  }
}
