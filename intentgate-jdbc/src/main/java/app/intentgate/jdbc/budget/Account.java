package app.intentgate.jdbc.budget;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One counter during a round: what this gate holds was given back, what gates held that are gone
 * counts as spent. Not thread-safe.
 */
final class Account {
  private final CounterKey key;
  private final long nowMillis;
  private final boolean hadLease;
  private final List<String> ended = new ArrayList<>(0);
  private long used;
  private SlidingWindow window;
  private long others;
  private long limit;
  private final @Nullable Long expiresAt;
  private boolean recall;

  private Account(CounterKey key, CounterState state, Hand hand, String gate, Moment moment) {
    this.key = key;
    this.nowMillis = moment.nowMillis();
    this.used = state.used();
    this.window = state.window();
    this.limit = hand.limit();
    this.expiresAt = state.keptUntil(hand.expiresAt());
    boolean mine = false;
    for (Lease lease : state.leases()) {
      if (lease.gate().equals(gate)) {
        mine = true;
        giveBack(lease, hand, moment);
      } else if (lease.alive()) {
        others = Sums.add(others, lease.held());
      } else {
        ended.add(lease.gate());
        book(lease.held(), lease.countsAt());
      }
    }
    this.hadLease = mine;
  }

  /**
   * The moment of a round.
   *
   * @param nowMillis the ledger's time
   * @param shiftMillis what turns the gate's time into the ledger's
   */
  record Moment(long nowMillis, long shiftMillis) {}

  static Account open(CounterKey key, CounterState state, Hand hand, String gate, Moment moment) {
    return new Account(key, state, hand, gate, moment);
  }

  /** What the gate cannot account for, as after a lost answer, counts as spent. */
  private void giveBack(Lease lease, Hand hand, Moment moment) {
    long unaccounted = lease.held() - Math.min(hand.credit(), lease.held());
    if (key.isRate()) {
      window = window.withAll(hand.spent(), moment.shiftMillis(), nowMillis);
      unaccounted = Math.max(0, unaccounted - hand.spent().total());
    }
    book(unaccounted, lease.countsAt());
  }

  private void book(long amount, long atMillis) {
    if (amount == 0) {
      return;
    }
    if (key.isRate()) {
      window = window.with(atMillis, amount, nowMillis);
    } else {
      used = Sums.add(used, amount);
    }
  }

  private long spent(long atMillis) {
    return key.isRate() ? window.sum(atMillis) : used;
  }

  /** What it would stand at, others' leases included. */
  long wouldBe(long amount, long atMillis) {
    return Sums.add(Sums.add(spent(atMillis), others), amount);
  }

  /** Whether an amount would fit if the other gates had spent nothing of what they hold. */
  boolean mayFit(long amount, long max, long atMillis) {
    return Sums.add(spent(atMillis), amount) <= max;
  }

  void spend(long amount, long atMillis) {
    if (key.isRate()) {
      window = window.spent(atMillis, amount);
    } else {
      used = Sums.add(used, amount);
    }
  }

  /** A call knows this counter by that limit. */
  void seen(long max) {
    limit = Math.min(limit, max);
  }

  void recall() {
    recall = true;
  }

  /**
   * How much this gate holds from now on: the smaller, the nearer the limit is, and nothing where
   * another gate waits for the rest.
   */
  long ahead(long wish) {
    if (recall || limit == Long.MAX_VALUE) {
      return 0;
    }
    long left = limit - wouldBe(0, nowMillis);
    return Math.max(0, Math.min(wish, left / 8));
  }

  CounterUpdate update(long held, long countsAt) {
    return new CounterUpdate(
        key,
        used,
        window,
        expiresAt,
        held,
        held == 0 || !key.isRate() ? 0 : countsAt,
        hadLease,
        List.copyOf(ended),
        recall);
  }

  Settlement.Standing standing(long held) {
    return new Settlement.Standing(
        held,
        limit,
        Sums.add(wouldBe(0, nowMillis), held),
        others == 0,
        window.nextChange(nowMillis),
        nowMillis);
  }
}
