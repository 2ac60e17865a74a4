package app.intentgate.memory;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Budget counters in memory. Exact under any number of threads: the counters of one call are locked
 * in the order of their keys, and no lock is shared by calls of different tokens. Holds at most a
 * given number of counters; when they are all in use by tokens that have not expired, a new one is
 * refused rather than an old one forgotten.
 */
public final class MemoryBudgetStore implements BudgetStore {
  /** How many counters are held unless told otherwise. */
  public static final int DEFAULT_MAX_COUNTERS = 1_000_000;

  private static final CompletionStage<ChargeResult> CHARGED =
      CompletableFuture.completedFuture(ChargeResult.CHARGED);
  private static final Comparator<BudgetCounter> LOCK_ORDER = Comparator.comparing(c -> c.name);

  private final Map<String, BudgetCounter> counters = new ConcurrentHashMap<>();
  private final int maxCounters;
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
    this.maxCounters = maxCounters;
    this.journal = journal;
  }

  @Override
  public CompletionStage<ChargeResult> charge(List<Charge> charges, long nowMillis) {
    if (charges.isEmpty()) {
      return CHARGED;
    }
    List<BudgetCounter> touched = new ArrayList<>(charges.size());
    try {
      for (Charge charge : charges) {
        touched.add(counter(charge, nowMillis));
      }
    } catch (StoreUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
    List<CompletionStage<Void>> writes = new ArrayList<>(0);
    ChargeResult result = chargeInMemory(charges, touched, nowMillis, writes);
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

  private ChargeResult chargeInMemory(
      List<Charge> charges,
      List<BudgetCounter> touched,
      long nowMillis,
      List<CompletionStage<Void>> writes) {
    List<BudgetCounter> order = inLockOrder(touched);
    order.forEach(c -> c.lock.lock());
    try {
      for (int i = 0; i < charges.size(); i++) {
        Charge charge = charges.get(i);
        long wouldBe = touched.get(i).wouldBe(charge, nowMillis);
        if (wouldBe > charge.max()) {
          return new ChargeResult(charge, wouldBe);
        }
      }
      for (int i = 0; i < charges.size(); i++) {
        // Two limits on one counter count a call once.
        if (touched.indexOf(touched.get(i)) == i) {
          CompletionStage<Void> write = touched.get(i).add(charges.get(i), nowMillis, journal);
          if (write != null) {
            writes.add(write);
          }
        }
      }
      return ChargeResult.CHARGED;
    } finally {
      order.forEach(c -> c.lock.unlock());
    }
  }

  private static void refund(List<Charge> charges, List<BudgetCounter> touched) {
    List<BudgetCounter> order = inLockOrder(touched);
    order.forEach(c -> c.lock.lock());
    try {
      for (int i = 0; i < charges.size(); i++) {
        if (touched.indexOf(touched.get(i)) == i) {
          touched.get(i).refund(charges.get(i));
        }
      }
    } finally {
      order.forEach(c -> c.lock.unlock());
    }
  }

  private static List<BudgetCounter> inLockOrder(List<BudgetCounter> touched) {
    return touched.size() == 1 ? touched : touched.stream().distinct().sorted(LOCK_ORDER).toList();
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
        .computeIfAbsent(
            name(entry.kind(), entry.tenant(), entry.key()),
            k -> new BudgetCounter(k, entry.tenant(), entry.key(), entry.expiresAt()))
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
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    for (Map.Entry<String, BudgetCounter> e : counters.entrySet()) {
      Charge.Kind kind = Charge.Kind.valueOf(e.getKey().substring(0, e.getKey().indexOf(':')));
      BudgetCounter counter = e.getValue();
      if (counter.expiresAt == null || counter.expiresAt >= nowSeconds) {
        counter.snapshot(kind, nowMillis, granted, entries);
      }
    }
    return entries;
  }

  private BudgetCounter counter(Charge charge, long nowMillis) {
    String key = name(charge.kind(), charge.tenant(), charge.key());
    BudgetCounter counter = counters.get(key);
    if (counter != null) {
      return counter;
    }
    if (counters.size() >= maxCounters) {
      forgetExpired(nowMillis);
      if (counters.size() >= maxCounters) {
        throw new StoreUnavailableException(
            "all " + maxCounters + " budget counters are held by tokens that have not expired");
      }
    }
    return counters.computeIfAbsent(
        key, k -> new BudgetCounter(k, charge.tenant(), charge.key(), charge.expiresAt()));
  }

  /** The kind first; the length keeps tenant and key apart whatever they hold. */
  private static String name(Charge.Kind kind, String tenant, String key) {
    return kind.name() + ':' + tenant.length() + ':' + tenant + key;
  }

  private void forgetExpired(long nowMillis) {
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    counters.values().removeIf(c -> c.expiresAt != null && c.expiresAt < nowSeconds);
  }
}
