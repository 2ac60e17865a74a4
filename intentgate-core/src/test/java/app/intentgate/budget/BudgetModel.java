package app.intentgate.budget;

import app.intentgate.testing.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What charges answer when they come one after another: a sum for each counter, and a call that
 * takes from all its limits or from none. Knows nothing of time: rates are charged in one moment.
 *
 * @param spent what each counter stands at; one that is missing stands at nothing
 */
public record BudgetModel(Map<String, Long> spent) {
  /** Nothing was spent yet. */
  public static final BudgetModel UNSPENT = new BudgetModel(Map.of());

  /** The answer to a charge that was made. */
  public static final String CHARGED = "charged";

  /** The answer to one that was not, where the store does not have to say how far it was. */
  public static final String REFUSED = "refused";

  /** One call, whose refusal names the limit and what its counter would have stood at. */
  public Step<BudgetModel> charge(List<Charge> limits) {
    for (Charge limit : limits) {
      long wouldBe = of(limit) + limit.amount();
      if (wouldBe > limit.max()) {
        return new Step<>(this, refused(limit, wouldBe));
      }
    }
    Map<String, Long> after = new HashMap<>(spent);
    limits.forEach(limit -> after.merge(name(limit), limit.amount(), Long::sum));
    return new Step<>(new BudgetModel(Map.copyOf(after)), CHARGED);
  }

  /** One call, whose refusal says no more than that. */
  public Step<BudgetModel> tryCharge(List<Charge> limits) {
    Step<BudgetModel> step = charge(limits);
    return step.answer().equals(CHARGED) ? step : new Step<>(this, REFUSED);
  }

  /** What is left of a limit. */
  public Step<BudgetModel> left(Charge limit) {
    return new Step<>(this, Long.toString(Math.max(0, limit.max() - of(limit))));
  }

  /** What a store answered to a charge, in this model's words. */
  public static String words(ChargeResult result) {
    Charge exceeded = result.exceeded();
    return exceeded == null ? CHARGED : refused(exceeded, result.wouldBe());
  }

  private static String refused(Charge limit, long wouldBe) {
    return name(limit) + " would be " + wouldBe + " of " + limit.max();
  }

  private long of(Charge limit) {
    return spent.getOrDefault(name(limit), 0L);
  }

  private static String name(Charge limit) {
    return limit.kind().caveat() + " of " + limit.key();
  }
}
