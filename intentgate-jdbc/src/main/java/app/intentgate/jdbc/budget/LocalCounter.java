package app.intentgate.jdbc.budget;

import app.intentgate.budget.Charge;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What this gate holds of one counter. Everything but the final fields is guarded by the lock. */
final class LocalCounter {
  private static final long FIRST_WISH = 4;
  private static final long MAX_WISH = 1024;
  private static final long BUSY_MILLIS = 1_000;

  final CounterKey key;
  final ReentrantLock lock = new ReentrantLock();

  /** How many calls wait for the ledger because of this counter; the others queue behind them. */
  int waiting;

  /** Whether it was removed, so that whoever found it has to look again. */
  boolean gone;

  private long credit;
  private SlidingWindow spent = SlidingWindow.EMPTY;
  private boolean leased;
  private long leaseLimit = Long.MAX_VALUE;
  private boolean asking;
  private long limit = Long.MAX_VALUE;
  private @Nullable Long expiresAt;
  private boolean met;
  private long leasedFrom;
  private long leasedUntil;
  private long wish;
  private long block;
  private long lastRound = Long.MIN_VALUE / 2;
  private long lastUse = Long.MIN_VALUE / 2;
  private boolean certain;
  private long floor;
  private long floorFrom;
  private long floorUntil;

  LocalCounter(CounterKey key) {
    this.key = key;
  }

  /** Whether what is held suffices for a charge, at a moment of the gate's clock. */
  boolean covers(Charge charge, long nowMillis) {
    return waiting == 0
        && credit >= charge.amount()
        && charge.max() >= leaseLimit
        && leased
        && (!key.isRate() || (nowMillis >= leasedFrom && nowMillis <= leasedUntil));
  }

  /** What the counter would stand at if that is certainly too much; otherwise -1. */
  long certainlyExceeded(Charge charge, long nowMillis) {
    if (!certain || waiting > 0 || credit > 0) {
      return -1;
    }
    if (key.isRate() && (nowMillis < floorFrom || nowMillis >= floorUntil)) {
      return -1;
    }
    long wouldBe = Sums.add(floor, charge.amount());
    return wouldBe > charge.max() ? wouldBe : -1;
  }

  /** Spends of what is held. */
  void spend(long amount, long nowMillis) {
    credit -= amount;
    lastUse = nowMillis;
    if (key.isRate()) {
      spent = spent.spent(nowMillis, amount);
    }
  }

  /** Whether more should be fetched before what is held runs out; says so once. */
  boolean runsLow() {
    if (!asking && block > 0 && credit < block / 4) {
      asking = true;
      return true;
    }
    return false;
  }

  /** Notes what a charge says about the counter. */
  void meet(Charge charge) {
    expiresAt = met ? Sums.later(expiresAt, charge.expiresAt()) : charge.expiresAt();
    met = true;
    limit = Math.min(limit, charge.max());
  }

  /** Whether it holds something that it has not needed for a while. */
  boolean isIdle(long nowMillis, long idleMillis) {
    return leased
        && (nowMillis - lastUse > idleMillis || (key.isRate() && nowMillis > leasedUntil));
  }

  /** Whether nothing would be lost by forgetting it. */
  boolean isForgettable(long nowMillis, long idleMillis) {
    return !leased && waiting == 0 && nowMillis - Math.max(lastUse, lastRound) > idleMillis;
  }

  boolean isLeasedNow() {
    lock.lock();
    try {
      return leased;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes everything into a round; until it ends, calls wait for it.
   *
   * @param forCalls whether calls need more, so that it is worth holding some ahead
   */
  Hand take(long nowMillis, boolean forCalls) {
    if (!forCalls) {
      wish = 0;
    } else if (nowMillis - lastRound < BUSY_MILLIS && nowMillis >= lastRound) {
      wish = Math.min(MAX_WISH, Math.max(FIRST_WISH, wish * 2));
    } else {
      wish = wish / 4;
    }
    Hand hand = new Hand(credit, spent, wish, limit, expiresAt);
    credit = 0;
    spent = SlidingWindow.EMPTY;
    certain = false;
    lastRound = nowMillis;
    return hand;
  }

  /** The round stored nothing: all is as before. */
  void putBack(Hand hand) {
    credit = hand.credit();
    spent = hand.spent();
    asking = false;
  }

  /** What the round left in hand. */
  void settled(Settlement.Standing standing, long beganMillis, long rateLeaseMillis) {
    asking = false;
    credit = standing.held();
    block = standing.held();
    leased = standing.held() > 0;
    leaseLimit = standing.limit();
    leasedFrom = beganMillis;
    leasedUntil = beganMillis + rateLeaseMillis;
    certain = standing.certain();
    floor = standing.total() - standing.held();
    floorFrom = beganMillis;
    floorUntil = beganMillis + Math.max(0, standing.changesAt() - standing.nowMillis());
  }

  /** The round's outcome is not known: nothing is in hand, and the ledger counts it as spent. */
  void inDoubt() {
    asking = false;
    credit = 0;
    block = 0;
    leased = true;
    spent = SlidingWindow.EMPTY;
  }
}
