package app.intentgate.server.mcp;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which states were used, for as long as they could be used again. Bounded, and by tenant too: one
 * that uses up its part takes nothing from others. Thread-safe.
 */
final class UsedStates {
  /** The most that are remembered of one tenant. */
  static final int MAX_OF_TENANT = 50_000;

  private static final int MAX = 4 * MAX_OF_TENANT;

  private final long lifeSeconds;
  private final Map<String, Use> used = new LinkedHashMap<>();
  private final Map<String, Integer> byTenant = new HashMap<>();

  private record Use(String tenant, long until) {}

  /**
   * None yet.
   *
   * @param lifeSeconds how long after it was made a state counts
   */
  UsedStates(long lifeSeconds) {
    this.lifeSeconds = lifeSeconds;
  }

  /**
   * Takes note that a state is used; whether that is the first time. One that cannot be remembered
   * does not count.
   *
   * @param nonce what no two states have in common
   * @param now seconds since 1970
   */
  synchronized boolean isFirst(String tenant, String nonce, long now) {
    forget(now);
    int ofTenant = byTenant.getOrDefault(tenant, 0);
    if (ofTenant >= MAX_OF_TENANT || used.size() >= MAX || used.containsKey(nonce)) {
      return false;
    }
    used.put(nonce, new Use(tenant, now + lifeSeconds));
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
