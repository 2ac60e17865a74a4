package app.intentgate.jdbc.budget;

import app.intentgate.budget.BudgetStore;
import java.util.Arrays;

/**
 * What was spent in the last minute, and when. Exact to the millisecond while it holds at most
 * {@value #EXACT_MOMENTS} moments; beyond that, what happened within {@value #COARSE_MILLIS} ms
 * counts as of the last of it, which can only refuse longer, never grant more. Immutable.
 */
public final class SlidingWindow {
  /** Nothing was spent. */
  public static final SlidingWindow EMPTY = new SlidingWindow(new long[0], new long[0]);

  static final int EXACT_MOMENTS = 600;
  static final int COARSE_MILLIS = 100;

  private final long[] times;
  private final long[] amounts;

  private SlidingWindow(long[] times, long[] amounts) {
    this.times = times;
    this.amounts = amounts;
  }

  /** What was spent in the minute before a moment, and after it. */
  public long sum(long nowMillis) {
    long sum = 0;
    for (int i = firstWithin(nowMillis); i < times.length; i++) {
      sum = Sums.add(sum, amounts[i]);
    }
    return sum;
  }

  /** When the oldest that counts at a moment no longer does; the moment itself if nothing does. */
  public long nextChange(long nowMillis) {
    int first = firstWithin(nowMillis);
    return first == times.length ? nowMillis : times[first] + BudgetStore.RATE_WINDOW_MILLIS;
  }

  /** With what is spent now; where the clock stepped back it counts as of the newest. */
  public SlidingWindow spent(long nowMillis, long amount) {
    long newest = times.length == 0 ? nowMillis : times[times.length - 1];
    return with(Math.max(nowMillis, newest), amount, nowMillis);
  }

  /** With what is known to have been spent by a moment. */
  public SlidingWindow with(long atMillis, long amount, long nowMillis) {
    int first = firstWithin(nowMillis);
    int kept = times.length - first;
    long[] newTimes = new long[kept + 1];
    long[] newAmounts = new long[kept + 1];
    int size = 0;
    boolean placed = false;
    for (int i = first; i < times.length; i++) {
      if (!placed && times[i] >= atMillis) {
        placed = true;
        if (times[i] != atMillis) {
          newTimes[size] = atMillis;
          newAmounts[size++] = amount;
        }
        newTimes[size] = times[i];
        newAmounts[size++] = times[i] == atMillis ? Sums.add(amounts[i], amount) : amounts[i];
      } else {
        newTimes[size] = times[i];
        newAmounts[size++] = amounts[i];
      }
    }
    if (!placed) {
      newTimes[size] = atMillis;
      newAmounts[size++] = amount;
    }
    SlidingWindow grown =
        new SlidingWindow(Arrays.copyOf(newTimes, size), Arrays.copyOf(newAmounts, size));
    return size > EXACT_MOMENTS ? grown.coarse() : grown;
  }

  /** With all of another's moments, moved by so many milliseconds. */
  public SlidingWindow withAll(SlidingWindow other, long shiftMillis, long nowMillis) {
    SlidingWindow all = this;
    for (int i = 0; i < other.times.length; i++) {
      all = all.with(other.times[i] + shiftMillis, other.amounts[i], nowMillis);
    }
    return all;
  }

  /** All it holds, whenever it was. */
  public long total() {
    long total = 0;
    for (long amount : amounts) {
      total = Sums.add(total, amount);
    }
    return total;
  }

  private int firstWithin(long nowMillis) {
    int first = 0;
    while (first < times.length && times[first] <= nowMillis - BudgetStore.RATE_WINDOW_MILLIS) {
      first++;
    }
    return first;
  }

  private SlidingWindow coarse() {
    long[] newTimes = new long[times.length];
    long[] newAmounts = new long[times.length];
    int size = 0;
    for (int i = 0; i < times.length; i++) {
      boolean sameBucket =
          size > 0
              && Math.floorDiv(times[i], COARSE_MILLIS)
                  == Math.floorDiv(newTimes[size - 1], COARSE_MILLIS);
      if (!sameBucket) {
        size++;
        newAmounts[size - 1] = 0;
      }
      newTimes[size - 1] = times[i];
      newAmounts[size - 1] = Sums.add(newAmounts[size - 1], amounts[i]);
    }
    return new SlidingWindow(Arrays.copyOf(newTimes, size), Arrays.copyOf(newAmounts, size));
  }

  /** How many moments it holds. */
  int moments() {
    return times.length;
  }

  /** As it is stored: {@code time:amount}, comma separated, oldest first. */
  public String text() {
    StringBuilder text = new StringBuilder(times.length * 16);
    for (int i = 0; i < times.length; i++) {
      text.append(i == 0 ? "" : ",").append(times[i]).append(':').append(amounts[i]);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static SlidingWindow parse(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    String[] moments = text.split(",", -1);
    long[] times = new long[moments.length];
    long[] amounts = new long[moments.length];
    for (int i = 0; i < moments.length; i++) {
      int colon = moments[i].indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("not a moment of a rate: " + moments[i]);
      }
      times[i] = Long.parseLong(moments[i].substring(0, colon));
      amounts[i] = Long.parseLong(moments[i].substring(colon + 1));
      if (amounts[i] < 0 || (i > 0 && times[i] < times[i - 1])) {
        throw new IllegalArgumentException("moments of a rate out of order: " + text);
      }
    }
    return new SlidingWindow(times, amounts);
  }
}
