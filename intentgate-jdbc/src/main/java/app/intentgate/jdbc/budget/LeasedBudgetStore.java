package app.intentgate.jdbc.budget;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Budgets that several gates share through a ledger. A call is charged in memory, at once, while
 * this gate holds enough of each of its counters; otherwise its stage waits for the next round with
 * the ledger, which serves all calls that wait together. Never grants more than a limit, and
 * exactly the limit while no gate is lost: what a gate held when it was killed counts as spent.
 *
 * <p>A call that still fits only if another gate gave back what it holds waits until that gate did,
 * and fails with {@link StoreUnavailableException} when it does not answer in time. Thread-safe; no
 * method but {@link #close} blocks.
 */
public final class LeasedBudgetStore implements BudgetStore, AutoCloseable {
  private static final CompletionStage<ChargeResult> CHARGED =
      CompletableFuture.completedFuture(ChargeResult.CHARGED);

  private final LeaseOptions options;
  private final LocalCounters counters;
  private final LedgerRounds rounds;
  private final AtomicLong newestCall = new AtomicLong(Long.MIN_VALUE);

  /**
   * Starts spending.
   *
   * @param gate this gate's id, which no other gate has or had
   * @param ledger where the counters are; not closed by this store
   * @param options how leases are handled
   */
  public LeasedBudgetStore(String gate, BudgetLedger ledger, LeaseOptions options) {
    this.options = options;
    this.counters = new LocalCounters(options.maxCounters());
    this.rounds = new LedgerRounds(gate, ledger, options, counters, this::now);
  }

  /** Without calls of their own, sweeps go by the newest call there was. */
  private long now() {
    return options.ledgerTime() ? monotonicMillis() : newestCall.get();
  }

  private static long monotonicMillis() {
    return Math.floorDiv(System.nanoTime(), 1_000_000L);
  }

  @Override
  public CompletionStage<ChargeResult> charge(List<Charge> charges, long nowMillis) {
    if (charges.isEmpty()) {
      return CHARGED;
    }
    long now;
    if (options.ledgerTime()) {
      now = monotonicMillis();
    } else {
      now = nowMillis;
      if (newestCall.get() < now) {
        newestCall.accumulateAndGet(now, Math::max);
      }
    }
    List<LocalCounter> locked;
    try {
      locked = counters.lock(charges);
    } catch (StoreUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
    try {
      return charge(charges, locked, now);
    } finally {
      LocalCounters.unlock(locked);
    }
  }

  private CompletionStage<ChargeResult> charge(
      List<Charge> charges, List<LocalCounter> locked, long now) {
    // All of them first: a round takes what each counter has met.
    for (Charge charge : charges) {
      of(charge, locked).meet(charge);
    }
    for (Charge charge : charges) {
      LocalCounter counter = of(charge, locked);
      if (!counter.covers(charge, now)) {
        long wouldBe = counter.certainlyExceeded(charge, now);
        return wouldBe >= 0
            ? CompletableFuture.completedFuture(new ChargeResult(charge, wouldBe))
            : rounds.ask(new Ask(charges, now), locked);
      }
    }
    for (LocalCounter counter : locked) {
      counter.spend(amountOf(counter, charges), now);
      if (counter.runsLow()) {
        rounds.refill(counter);
      }
    }
    return CHARGED;
  }

  /** Two limits on one counter count a call once. */
  private static long amountOf(LocalCounter counter, List<Charge> charges) {
    for (Charge charge : charges) {
      if (counter.key.equals(CounterKey.of(charge))) {
        return charge.amount();
      }
    }
    throw new IllegalStateException("a counter that no charge names");
  }

  private static LocalCounter of(Charge charge, List<LocalCounter> locked) {
    if (locked.size() == 1) {
      return locked.get(0);
    }
    CounterKey key = CounterKey.of(charge);
    for (LocalCounter counter : locked) {
      if (counter.key.equals(key)) {
        return counter;
      }
    }
    throw new IllegalStateException("a charge whose counter was not locked");
  }

  /** Another gate may want back what this one holds: looks soon. */
  public void lookForRecalls() {
    rounds.lookForRecalls();
  }

  /** Of how many counters this gate holds something ahead. */
  public int leases() {
    return counters.leased().size();
  }

  /** Gives back what was not spent. Calls that still wait are answered first, or fail. */
  @Override
  public void close() {
    rounds.close();
  }
}
