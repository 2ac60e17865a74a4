package app.intentgate.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many scans there may be at once: of one tenant one less than of all, where that leaves any,
 * so that no tenant's long queries keep every other's from being asked. Thread-safe.
 */
final class ScanRoom {
  private final int max;
  private final int share;
  private final Map<String, Integer> ofTenants = new HashMap<>();
  private int busy;

  ScanRoom(int max) {
    this.max = max;
    this.share = Math.max(1, max - 1);
  }

  /**
   * Waits for room; {@link #leave} it.
   *
   * @param tenant who asks; empty for one who is of no tenant and may have all the room
   * @return false when there was none in time
   */
  synchronized boolean enter(String tenant, long maxMillis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(maxMillis);
    while (isFull(tenant)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    busy++;
    ofTenants.merge(tenant, 1, Integer::sum);
    return true;
  }

  private boolean isFull(String tenant) {
    return busy == max || !tenant.isEmpty() && ofTenants.getOrDefault(tenant, 0) >= share;
  }

  synchronized void leave(String tenant) {
    busy--;
    ofTenants.computeIfPresent(tenant, (t, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }
}
