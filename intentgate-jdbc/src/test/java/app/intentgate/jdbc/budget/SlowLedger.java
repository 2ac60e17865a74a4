package app.intentgate.jdbc.budget;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A ledger whose first round waits until it may go on, and that remembers what it was asked. */
final class SlowLedger implements BudgetLedger {
  private final BudgetLedger ledger;
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final Map<CounterKey, Long> held = new ConcurrentHashMap<>();
  private volatile List<CounterKey> recalled = List.of();
  private volatile int rounds;
  private volatile int largest;

  SlowLedger(BudgetLedger ledger) {
    this.ledger = ledger;
  }

  void goOn() {
    mayGoOn.countDown();
  }

  /** How many rounds began. */
  int rounds() {
    return rounds;
  }

  /** Of how many counters the largest round was. */
  int largest() {
    return largest;
  }

  /** What the last round left of a counter. */
  long held(CounterKey key) {
    return held.getOrDefault(key, 0L);
  }

  /** Another gate asks for these. */
  void recall(List<CounterKey> keys) {
    recalled = keys;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time calls a ledger
  public Settlement settle(Collection<CounterKey> counters, Decision decision) {
    largest = Math.max(largest, counters.size());
    rounds++;
    try {
      if (!mayGoOn.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let it go on");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Settlement settlement = ledger.settle(counters, decision);
    settlement.standings().forEach((key, standing) -> held.put(key, standing.held()));
    return settlement;
  }

  @Override
  public List<CounterKey> recalled() {
    List<CounterKey> still = new ArrayList<>(ledger.recalled());
    for (CounterKey key : recalled) {
      if (held(key) > 0) {
        still.add(key);
      }
    }
    return still;
  }

  @Override
  public void sayAlive() {
    ledger.sayAlive();
  }

  @Override
  public boolean forget() {
    return ledger.forget();
  }
}
