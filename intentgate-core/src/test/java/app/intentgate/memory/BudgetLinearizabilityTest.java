package app.intentgate.memory;

import app.intentgate.budget.BudgetModel;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.testing.Interleavings;
import app.intentgate.testing.Step;
import java.util.List;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Charges in memory, on any number of threads, are answered as if they came one after another: by
 * real threads, and under every interleaving of a few that the model checker gets to.
 */
class BudgetLinearizabilityTest {
  private static final int MAX_CALLS = 3;
  private static final int MAX_CENTS = 9;

  private static Charge calls(String key) {
    return new Charge(Kind.CALLS, "acme", key, MAX_CALLS, 1, null);
  }

  private static Charge rate() {
    return new Charge(Kind.RATE, "acme", "root", MAX_CALLS, 1, null);
  }

  private static Charge cents(int amount) {
    return new Charge(Kind.COST, "acme", "root", MAX_CENTS, amount, null);
  }

  /** What a token's calls ask of a store; two limits are given in either order. */
  public abstract static class Calls {
    abstract String charge(List<Charge> limits);

    abstract String left(Charge limit);

    /** A call of a token with one limit. */
    @Operation
    public String one() {
      return charge(List.of(calls("root")));
    }

    /** A call of its child. */
    @Operation
    public String child() {
      return charge(List.of(calls("root"), calls("child")));
    }

    /** The same, with the limits the other way round. */
    @Operation
    public String childFirst() {
      return charge(List.of(calls("child"), calls("root")));
    }

    /** A call that costs, of a token with all kinds of limit. */
    @Operation
    public String pay(@Param(gen = IntGen.class, conf = "0:5") int amount) {
      return charge(List.of(rate(), cents(amount), calls("root")));
    }

    /** What is left of a limit. */
    @Operation
    public String left() {
      return left(calls("root"));
    }
  }

  /** The store. */
  public static final class Store extends Calls {
    private final MemoryBudgetStore store = new MemoryBudgetStore();

    @Override
    String charge(List<Charge> limits) {
      return BudgetModel.words(store.charge(limits, 1_000).toCompletableFuture().join());
    }

    @Override
    String left(Charge limit) {
      return store.left(limit, 1_000).toCompletableFuture().join().toString();
    }
  }

  /** What it should be. */
  public static final class Model extends Calls {
    private BudgetModel budget = BudgetModel.UNSPENT;

    private String after(Function<BudgetModel, Step<BudgetModel>> operation) {
      Step<BudgetModel> step = operation.apply(budget);
      budget = step.next();
      return step.answer();
    }

    @Override
    String charge(List<Charge> limits) {
      return after(b -> b.charge(limits));
    }

    @Override
    String left(Charge limit) {
      return after(b -> b.left(limit));
    }
  }

  @Test
  void threads_that_charge_at_once_are_answered_as_if_one_after_another() {
    Interleavings.byThreads(Store.class, Model.class);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "intentgate.lincheck.iterations",
      matches = ".+",
      disabledReason = "model checking takes minutes; docs/testing.md says how to run it")
  void no_interleaving_of_charges_grants_more_or_refuses_too_early() {
    Interleavings.byModelChecking(Store.class, Model.class);
  }
}
