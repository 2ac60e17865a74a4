package app.intentgate.memory;

import java.util.Arrays;

/**
 * How much happened in the last so many milliseconds, exactly: one entry per millisecond in which
 * anything did, so never more entries than the window is long. A clock that steps back adds to the
 * newest entry, which can only refuse more. Not thread-safe.
 */
final class RateWindow {
  private final long lengthMillis;
  private long[] times = new long[4];
  private long[] amounts = new long[4];
  private int first;
  private int size;
  private long sum;

  RateWindow(long lengthMillis) {
    this.lengthMillis = lengthMillis;
  }

  long sum(long nowMillis) {
    while (size > 0 && times[first] <= nowMillis - lengthMillis) {
      sum -= amounts[first];
      first = (first + 1) % times.length;
      size--;
    }
    return sum;
  }

  void add(long nowMillis, long amount) {
    sum(nowMillis);
    sum += amount;
    if (size > 0) {
      int newest = (first + size - 1) % times.length;
      if (times[newest] >= nowMillis) {
        amounts[newest] += amount;
        return;
      }
    }
    if (size == times.length) {
      grow();
    }
    int at = (first + size) % times.length;
    times[at] = nowMillis;
    amounts[at] = amount;
    size++;
  }

  /** What one moment of the window holds. */
  interface Visitor {
    void moment(long atMillis, long amount);
  }

  void forEach(long nowMillis, Visitor visitor) {
    sum(nowMillis);
    for (int i = 0; i < size; i++) {
      int at = (first + i) % times.length;
      visitor.moment(times[at], amounts[at]);
    }
  }

  private void grow() {
    times = unrolled(times);
    amounts = unrolled(amounts);
    first = 0;
  }

  private long[] unrolled(long[] ring) {
    long[] larger = Arrays.copyOfRange(ring, first, first + ring.length * 2);
    System.arraycopy(ring, 0, larger, ring.length - first, first);
    Arrays.fill(larger, ring.length, larger.length, 0);
    return larger;
  }
}
