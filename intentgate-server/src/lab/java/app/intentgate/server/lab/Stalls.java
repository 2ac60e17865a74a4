package app.intentgate.server.lab;

import java.util.Locale;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * The yardstick of tail latencies: how often the machine stops a thread that only looks at the
 * clock, with one of its processors busy and with all. What a virtual machine shares with others
 * shows here, and no server on it can have a shorter tail.
 */
final class Stalls {
  private static final int SECONDS = 10;
  private static final long STALL_NANOS = 500_000;

  private Stalls() {}

  /** Measures for twenty seconds, on a machine that does nothing else. */
  static String measure() throws InterruptedException {
    return "stalls over 0.5 ms in "
        + SECONDS
        + " s: "
        + busy(1)
        + "; "
        + busy(Runtime.getRuntime().availableProcessors());
  }

  private static String busy(int processors) throws InterruptedException {
    LongAdder count = new LongAdder();
    LongAdder lost = new LongAdder();
    LongAccumulator longest = new LongAccumulator(Long::max, 0);
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    Thread[] threads = new Thread[processors];
    for (int i = 0; i < processors; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (long last = System.nanoTime(); last < end; ) {
                  long now = System.nanoTime();
                  if (now - last > STALL_NANOS) {
                    count.increment();
                    lost.add(now - last);
                    longest.accumulate(now - last);
                  }
                  last = now;
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return String.format(
        Locale.ROOT,
        "%d with %d busy, the longest %.1f ms, %.2f %% of the time",
        count.sum(),
        processors,
        longest.get() / 1e6,
        lost.sum() / 1e7 / SECONDS / processors);
  }
}
