package app.intentgate.server.mcp;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which states were used, for as long as they could be used again. Goes by a clock that nobody
 * sets, and remembers each for twice as long as a state counts, so that one whose end another clock
 * tells does not count again when that is set back by as much. Bounded, and by tenant too: one that
 * uses up its part takes nothing from others. Thread-safe.
 */
final class UsedStates {
  /** The most that are remembered of one tenant. */
  static final int MAX_OF_TENANT = 50_000;

  private static final int MAX = 4 * MAX_OF_TENANT;

  private final long keptSeconds;
  private final LongSupplier seconds;
  private final Map<String, Use> used = new LinkedHashMap<>();
  private final Map<String, Integer> byTenant = new HashMap<>();

  private record Use(String tenant, long until) {}

  /**
   * None yet.
   *
   * @param lifeSeconds how long after it was made a state counts
   */
  UsedStates(long lifeSeconds) {
    this(lifeSeconds, () -> TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()));
  }

  /** The same by a count of seconds that never goes back. */
  UsedStates(long lifeSeconds, LongSupplier seconds) {
    this.keptSeconds = 2 * lifeSeconds;
    this.seconds = seconds;
  }

  /**
   * Takes note that a state is used; whether that is the first time. One that cannot be remembered
   * does not count.
   *
   * @param nonce what no two states have in common
   */
  synchronized boolean isFirst(String tenant, String nonce) {
    long now = seconds.getAsLong();
    forget(now);
    int ofTenant = byTenant.getOrDefault(tenant, 0);
    if (ofTenant >= MAX_OF_TENANT || used.size() >= MAX || used.containsKey(nonce)) {
      return false;
    }
    used.put(nonce, new Use(tenant, now + keptSeconds));
    byTenant.put(tenant, ofTenant + 1);
    return true;
  }

  /** Those used first run out first, so nothing is looked through. */
  private void forget(long now) {
    for (Iterator<Use> it = used.values().iterator(); it.hasNext(); ) {
      Use oldest = it.next();
      if (now < oldest.until()) {
        return;
      }
      it.remove();
      byTenant.computeIfPresent(oldest.tenant(), (tenant, count) -> count == 1 ? null : count - 1);
    }
  }
}
