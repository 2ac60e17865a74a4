package app.intentgate.jdbc.state;

import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.jdbc.Database;
import java.util.List;

/** A gate in a process of its own, for tests that kill it: spends until nothing is left. */
final class BudgetSpender {
  private BudgetSpender() {}

  /** Arguments: the database's URL, the limit. Prints a line for each call that was granted. */
  public static void main(String[] args) throws Exception {
    long max = Long.parseLong(args[1]);
    Database database = Database.open(TwoGates.target(args[0]));
    SqlState state = SqlState.open(database);
    List<Charge> charges = List.of(new Charge(Kind.CALLS, "acme", "k", max, 1, null));
    System.out.println("ready");
    while (true) {
      boolean granted;
      try {
        granted =
            state
                .budgets()
                .charge(charges, System.currentTimeMillis())
                .toCompletableFuture()
                .join()
                .charged();
      } catch (RuntimeException e) {
        // Another gate holds the rest and was killed: ask until it counts as gone.
        continue;
      }
      if (!granted) {
        break;
      }
      System.out.println("granted");
    }
    state.close();
    database.close();
    System.out.println("end");
  }
}
