package app.intentgate.memory;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Budget counters in memory. Exact under any number of threads: the counters of one call are locked
 * in the order of their keys, and no lock is shared by calls of different tokens. Holds at most a
 * given number of counters, and of one tenant at most as many as are left for the others. Where
 * there is no room, those that count nothing and those of tokens that expired are forgotten, and if
 * that makes none a new one is refused rather than an old one forgotten.
 */
public final class MemoryBudgetStore implements BudgetStore {
  /** How many counters are held unless told otherwise. */
  public static final int DEFAULT_MAX_COUNTERS = 1_000_000;

  private static final CompletionStage<ChargeResult> CHARGED =
      CompletableFuture.completedFuture(ChargeResult.CHARGED);
  private static final Comparator<BudgetCounter> LOCK_ORDER = Comparator.comparing(c -> c.name);

  private final BudgetCounters counters;
  private final @Nullable BudgetJournal journal;

  /** A store of the default size. */
  public MemoryBudgetStore() {
    this(DEFAULT_MAX_COUNTERS);
  }

  /** A store that holds at most so many counters. */
  public MemoryBudgetStore(int maxCounters) {
    this(maxCounters, null);
  }

  /**
   * A store whose counters a journal makes durable: nothing is granted beyond what the journal
   * recorded.
   */
  public MemoryBudgetStore(int maxCounters, @Nullable BudgetJournal journal) {
    this.counters = new BudgetCounters(maxCounters);
    this.journal = journal;
  }

  @Override
  public CompletionStage<ChargeResult> charge(List<Charge> charges, long nowMillis) {
    if (charges.isEmpty()) {
      return CHARGED;
    }
    BudgetCounter[] touched = new BudgetCounter[charges.size()];
    List<CompletionStage<Void>> writes = new ArrayList<>(0);
    ChargeResult result;
    try {
      do {
        for (int i = 0; i < touched.length; i++) {
          touched[i] = counters.find(charges.get(i), nowMillis);
        }
        result = chargeInMemory(charges, touched, nowMillis, writes);
      } while (result == null);
    } catch (StoreUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (!result.charged()) {
      return CompletableFuture.completedFuture(result);
    }
    if (writes.isEmpty()) {
      return CHARGED;
    }
    return afterAll(writes)
        .handle(
            (done, failure) -> {
              if (failure != null) {
                refund(charges, touched);
                throw new CompletionException(
                    new StoreUnavailableException("budget journal failed", failure));
              }
              return ChargeResult.CHARGED;
            });
  }

  /** Null, and nothing was charged, when one of the counters was forgotten since it was found. */
  private @Nullable ChargeResult chargeInMemory(
      List<Charge> charges,
      BudgetCounter[] touched,
      long nowMillis,
      List<CompletionStage<Void>> writes) {
    BudgetCounter[] order = inLockOrder(touched);
    lock(order);
    try {
      for (BudgetCounter counter : order) {
        if (counter.gone) {
          return null;
        }
      }
      for (int i = 0; i < charges.size(); i++) {
        Charge charge = charges.get(i);
        long wouldBe = touched[i].wouldBe(charge, nowMillis);
        if (wouldBe > charge.max()) {
          return new ChargeResult(charge, wouldBe);
        }
      }
      for (int i = 0; i < charges.size(); i++) {
        touched[i].keepFor(charges.get(i));
      }
      for (int i = 0; i < charges.size(); i++) {
        if (isFirst(touched, i)) {
          CompletionStage<Void> write = touched[i].add(charges.get(i), nowMillis, journal);
          if (write != null) {
            writes.add(write);
          }
        }
      }
      return ChargeResult.CHARGED;
    } finally {
      unlock(order);
    }
  }

  private static void refund(List<Charge> charges, BudgetCounter[] touched) {
    BudgetCounter[] order = inLockOrder(touched);
    lock(order);
    try {
      for (int i = 0; i < charges.size(); i++) {
        if (isFirst(touched, i)) {
          touched[i].refund(charges.get(i));
        }
      }
    } finally {
      unlock(order);
    }
  }

  /** Whether no charge before this one goes to the same counter: two limits count a call once. */
  private static boolean isFirst(BudgetCounter[] touched, int at) {
    for (int i = 0; i < at; i++) {
      if (touched[i] == touched[at]) {
        return false;
      }
    }
    return true;
  }

  private static BudgetCounter[] inLockOrder(BudgetCounter[] touched) {
    return touched.length == 1
        ? touched
        : Stream.of(touched).distinct().sorted(LOCK_ORDER).toArray(BudgetCounter[]::new);
  }

  private static void lock(BudgetCounter[] counters) {
    for (BudgetCounter counter : counters) {
      counter.lock.lock();
    }
  }

  private static void unlock(BudgetCounter[] counters) {
    for (BudgetCounter counter : counters) {
      counter.lock.unlock();
    }
  }

  private static CompletableFuture<Void> afterAll(List<CompletionStage<Void>> writes) {
    return CompletableFuture.allOf(
        writes.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  /**
   * Puts back what a journal recorded, before the first charge.
   *
   * @param entry as {@link BudgetJournal#record} was given it
   */
  public void restore(BudgetJournal.Entry entry) {
    counters
        .findOrAdd(new CounterName(entry.kind(), entry.tenant(), entry.key()), entry.expiresAt())
        .restore(entry);
  }

  /**
   * Everything that is counted.
   *
   * @param granted whether what was recorded ahead counts as used: true while charges go on, false
   *     for a journal's orderly end
   */
  public List<BudgetJournal.Entry> snapshot(long nowMillis, boolean granted) {
    List<BudgetJournal.Entry> entries = new ArrayList<>();
    for (BudgetCounter counter : counters.all()) {
      counter.snapshot(nowMillis, granted, entries);
    }
    return entries;
  }

  /** Forgets what counts nothing, and what nothing can be charged to any more. */
  void forget(long nowMillis) {
    counters.forget(nowMillis);
  }
}
