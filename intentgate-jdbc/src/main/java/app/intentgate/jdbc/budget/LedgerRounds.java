package app.intentgate.jdbc.budget;

import app.intentgate.budget.Charge;
import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The thread that talks to the ledger: whatever waits goes into one round, so that a round costs
 * the same few statements for one call or for hundreds. Also gives back what lies idle or is
 * recalled.
 */
final class LedgerRounds implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LedgerRounds.class.getName());

  /**
   * A round names at most so many counters for its calls, and as many besides for what it gives
   * back and fetches ahead: together 6,144 parameters of one statement, of which PostgreSQL takes
   * 65,535.
   */
  static final int MAX_COUNTERS = 1_024;

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long FORGET_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long CLOSE_MILLIS = 10_000;

  private final String gate;
  private final BudgetLedger ledger;
  private final LeaseOptions options;
  private final LocalCounters counters;
  private final LongSupplier now;
  private final WaitingCalls calls;
  private final ConcurrentLinkedQueue<LocalCounter> toRefill = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile boolean recallsDue;

  /** Nobody waits for the thread any more, which hangs: it goes when it can. */
  private volatile boolean abandoned;

  private long aliveAt;
  private long tickAt;
  private long forgetAt;

  LedgerRounds(
      String gate,
      BudgetLedger ledger,
      LeaseOptions options,
      LocalCounters counters,
      LongSupplier now) {
    this.gate = gate;
    this.ledger = ledger;
    this.options = options;
    this.calls = new WaitingCalls(options, MAX_COUNTERS);
    this.counters = counters;
    this.now = now;
    long start = System.nanoTime();
    this.aliveAt = start;
    this.tickAt = start + TICK_NANOS;
    this.forgetAt = start + FORGET_NANOS;
    this.thread = new Thread(this::run, "intentgate-budgets");
    thread.setDaemon(true);
    thread.start();
  }

  /** Queues a call; its counters are locked by the caller. */
  CompletionStage<ChargeResult> ask(Ask ask, List<LocalCounter> locked) {
    if (closing) {
      return CompletableFuture.failedFuture(new StoreUnavailableException("budgets are closed"));
    }
    CompletableFuture<ChargeResult> result;
    try {
      result = calls.add(ask, locked);
    } catch (StoreUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
    LockSupport.unpark(thread);
    return result.exceptionallyCompose(
        failure ->
            CompletableFuture.failedFuture(
                failure instanceof StoreUnavailableException
                    ? failure
                    : new StoreUnavailableException(
                        "the budget ledger did not answer in time", failure)));
  }

  /** Fetches more for a counter before it runs out; it is locked by the caller. */
  void refill(LocalCounter counter) {
    toRefill.add(counter);
    LockSupport.unpark(thread);
  }

  void lookForRecalls() {
    recallsDue = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closing || calls.any()) {
      try {
        turn();
      } catch (RuntimeException e) {
        // The failure was given to the calls of its round already; the next one tries anew.
        LockSupport.parkNanos(RETRY_NANOS);
      }
      if (abandoned) {
        return;
      }
    }
    ended = true;
  }

  private void turn() {
    long start = System.nanoTime();
    Set<LocalCounter> toReturn = new LinkedHashSet<>();
    if (recallsDue || start - tickAt >= 0) {
      tickAt = start + TICK_NANOS;
      try {
        chores(start, toReturn);
      } catch (RuntimeException e) {
        // A ledger that is away is asked again at the next tick; calls that wait are told first.
        toReturn.clear();
      }
    }
    List<PendingCharge> batch = calls.batch();
    if (batch.isEmpty() && toReturn.isEmpty() && toRefill.isEmpty()) {
      if (!calls.moreToTake() && !recallsDue && !closing) {
        LockSupport.parkNanos(this, Math.max(1, tickAt - System.nanoTime()));
      }
      return;
    }
    round(batch, toReturn);
    if (calls.anyPostponed() && !calls.moreToTake()) {
      LockSupport.parkNanos(this, RETRY_NANOS);
    }
  }

  /** What has to be done now and then. */
  private void chores(long start, Set<LocalCounter> toReturn) {
    boolean holding = !counters.leased().isEmpty();
    boolean lookForRecalls = recallsDue || holding;
    recallsDue = false;
    if (holding && start - aliveAt >= 0) {
      sayAlive();
    }
    if (holding && lookForRecalls) {
      addRecalled(toReturn);
    }
    for (LocalCounter idle : counters.sweep(now.getAsLong(), options.idle().toMillis())) {
      if (toReturn.size() == MAX_COUNTERS) {
        break;
      }
      toReturn.add(idle);
    }
    if (start - forgetAt >= 0) {
      forgetAt = start + FORGET_NANOS;
      if (ledger.forget()) {
        // The rest little by little: calls that wait for a round are not to wait for all of it.
        forgetAt = start;
      }
    }
  }

  /** Adds what others wait for; what is more than fits into a round comes with the next turn. */
  private void addRecalled(Set<LocalCounter> toReturn) {
    for (CounterKey key : ledger.recalled()) {
      LocalCounter counter = counters.get(key);
      if (counter != null && !toReturn.contains(counter)) {
        if (toReturn.size() == MAX_COUNTERS) {
          recallsDue = true;
          return;
        }
        toReturn.add(counter);
      }
    }
  }

  private void sayAlive() {
    ledger.sayAlive();
    aliveAt = System.nanoTime() + ALIVE_NANOS;
  }

  private void round(List<PendingCharge> batch, Collection<LocalCounter> toReturn) {
    SortedMap<CounterKey, LocalCounter> touched = new TreeMap<>();
    SortedMap<CounterKey, Boolean> forCalls = new TreeMap<>();
    for (LocalCounter counter : toReturn) {
      touched.put(counter.key, counter);
    }
    while (touched.size() < MAX_COUNTERS) {
      LocalCounter low = toRefill.poll();
      if (low == null) {
        break;
      }
      if (touched.putIfAbsent(low.key, low) == null) {
        forCalls.put(low.key, true);
      }
    }
    for (PendingCharge pending : batch) {
      for (LocalCounter counter : pending.counters()) {
        boolean recalled = touched.put(counter.key, counter) != null;
        if (!recalled) {
          forCalls.put(counter.key, true);
        }
      }
    }
    long began = now.getAsLong();
    SortedMap<CounterKey, Hand> hands = take(touched, forCalls, began);
    Settlement settlement;
    try {
      if (System.nanoTime() - aliveAt >= 0) {
        sayAlive();
      }
      Round round =
          new Round(
              gate,
              hands,
              batch.stream().map(PendingCharge::ask).toList(),
              options.rateLease().toMillis(),
              new Round.Clock(options.ledgerTime(), began));
      settlement =
          ledger.settle(
              touched.keySet(),
              (ledgerNow, states) ->
                  round.settle(options.ledgerTime() ? ledgerNow : began, states));
    } catch (RuntimeException e) {
      failed(touched, hands, batch, e);
      throw e;
    }
    settled(touched, settlement, began);
    answer(batch, settlement);
  }

  private static SortedMap<CounterKey, Hand> take(
      SortedMap<CounterKey, LocalCounter> touched,
      SortedMap<CounterKey, Boolean> forCalls,
      long began) {
    SortedMap<CounterKey, Hand> hands = new TreeMap<>();
    touched.forEach(
        (key, counter) -> {
          counter.lock.lock();
          try {
            hands.put(key, counter.take(began, forCalls.containsKey(key)));
          } finally {
            counter.lock.unlock();
          }
        });
    return hands;
  }

  private void settled(
      SortedMap<CounterKey, LocalCounter> touched, Settlement settlement, long began) {
    touched.forEach(
        (key, counter) -> {
          counter.lock.lock();
          try {
            Settlement.Standing standing = settlement.standings().get(key);
            if (standing != null) {
              counter.settled(standing, began, options.rateLease().toMillis());
            }
          } finally {
            counter.lock.unlock();
          }
        });
  }

  private void answer(List<PendingCharge> batch, Settlement settlement) {
    long nanos = System.nanoTime();
    List<Runnable> completions = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      PendingCharge pending = batch.get(i);
      Answer answer = settlement.answers().get(i);
      if (answer instanceof Answer.Final done) {
        calls.end(pending);
        completions.add(() -> pending.result().complete(done.result()));
      } else if (answer instanceof Answer.Later later && nanos - pending.deadlineNanos() >= 0) {
        calls.end(pending);
        completions.add(() -> pending.result().completeExceptionally(unreturned(later.charge())));
      } else {
        calls.postpone(pending);
      }
    }
    completions.forEach(Runnable::run);
  }

  private static StoreUnavailableException unreturned(Charge charge) {
    return new StoreUnavailableException(
        "another gate holds the rest of " + charge.kind().caveat() + " and does not give it back");
  }

  private void failed(
      SortedMap<CounterKey, LocalCounter> touched,
      SortedMap<CounterKey, Hand> hands,
      List<PendingCharge> batch,
      RuntimeException failure) {
    boolean doubtful = failure instanceof LedgerDoubtException;
    touched.forEach(
        (key, counter) -> {
          counter.lock.lock();
          try {
            Hand hand = hands.get(key);
            if (doubtful || hand == null) {
              counter.inDoubt();
            } else {
              counter.putBack(hand);
            }
          } finally {
            counter.lock.unlock();
          }
        });
    batch.forEach(calls::end);
    StoreUnavailableException reason =
        failure instanceof StoreUnavailableException known
            ? known
            : new StoreUnavailableException("the budget ledger failed", failure);
    batch.forEach(pending -> pending.result().completeExceptionally(reason));
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.refuseArrived(new StoreUnavailableException("budgets are closed"));
    if (ended) {
      try {
        giveBack(counters.leased());
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "budget leases were not given back; they count as spent: {0}",
            e.getMessage());
      }
    } else {
      // Whoever waited was told so by its own time limit.
      abandoned = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "the budget ledger does not answer; leases were not given back and count as spent");
    }
  }

  private void giveBack(List<LocalCounter> leased) {
    for (int from = 0; from < leased.size(); from += MAX_COUNTERS) {
      round(List.of(), leased.subList(from, Math.min(leased.size(), from + MAX_COUNTERS)));
    }
  }
}
