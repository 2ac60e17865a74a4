package app.intentgate.server.rpc;

import app.intentgate.check.Caller;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often one caller may make requests that no budget counts (B35): {@link #PER_SECOND}, and
 * {@link #BURST} at once. Remembers, per caller, the time at which all its requests so far would
 * have been due. All tokens that descend from one are one caller: whoever holds a token can make
 * others of it, and would have an allowance for each. Bounded; thread-safe, without a lock that
 * callers share.
 */
final class CallerRates {
  static final int PER_SECOND = 100;
  static final int BURST = 200;

  private static final int MAX_CALLERS = 10_000;
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  private final LongSupplier nanos;
  private final ConcurrentMap<String, AtomicLong> due = new ConcurrentHashMap<>();

  CallerRates(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Who is counted as one: the holders of one minted token, or an address. */
  static String source(Caller caller, String address) {
    return caller.isAuthenticated() ? caller.tenant() + '\n' + caller.rootTokenId() : address;
  }

  /** Whether a caller's next request is not too early. */
  boolean admit(String caller) {
    long now = nanos.getAsLong();
    AtomicLong mine = due.get(caller);
    if (mine == null) {
      if (due.size() >= MAX_CALLERS) {
        due.values().removeIf(time -> time.get() - now <= 0);
      }
      String key = due.size() >= MAX_CALLERS ? "" : caller;
      mine = due.computeIfAbsent(key, k -> new AtomicLong(now));
    }
    while (true) {
      long before = mine.get();
      long from = before - now < 0 ? now : before;
      if (from - now > (BURST - 1) * INTERVAL) {
        return false;
      }
      if (mine.compareAndSet(before, from + INTERVAL)) {
        return true;
      }
    }
  }
}
