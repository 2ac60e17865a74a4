package app.intentgate.jdbc.budget;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A ledger to which every counter is new. */
final class ForgetfulLedger implements BudgetLedger {
  @Override
  public Settlement settle(Collection<CounterKey> counters, Decision decision) {
    return decision.decide(System.currentTimeMillis(), Map.of());
  }

  @Override
  public List<CounterKey> recalled() {
    return List.of();
  }

  @Override
  public void sayAlive() {}

  @Override
  public boolean forget() {
    return false;
  }
}
