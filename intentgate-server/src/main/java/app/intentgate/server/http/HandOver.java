package app.intentgate.server.http;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Says on which thread a request is worked on. The one that read it goes on with it, which saves
 * two changes of threads and half a millisecond at the slow end, but keeps others of that thread
 * waiting meanwhile. So large requests are handed over to other threads, and so is every request
 * for some seconds once long calls have cost more than a twentieth of a second, as with a policy
 * that needs its whole deadline.
 *
 * <p>What counts is the processor time of a call, or that it waited very long: a call is not long
 * because its thread was not let run. On a full machine, in a new JVM whose compilers want the
 * processors, or in a container that has used up its share, handing over makes everything slower
 * still, by two changes of threads and by more threads that want to run. Asking for the processor
 * time costs half a microsecond, so it is asked for only after a call that seemed long.
 * Thread-safe.
 */
public final class HandOver {
  /** Larger ones take a good part of a millisecond to read and write. */
  private static final int LARGE = 64 << 10;

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Longer than a thread is kept from running, but for a machine that stands still. */
  private static final long WAITED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Executor others;
  private final LongSupplier nanos;
  private final LongSupplier processor;
  private final AtomicLong until;
  private final AtomicLong watchedUntil;
  private long windowEnds;
  private long lost;

  /** Hands over to these threads, which must not be those that read. */
  public HandOver(Executor others) {
    this(others, System::nanoTime, () -> ProcessorTime.OF_THREAD.getAsLong());
  }

  /**
   * The same by other clocks.
   *
   * @param processor what the thread that asks has used of the processors, in nanoseconds
   */
  HandOver(Executor others, LongSupplier nanos, LongSupplier processor) {
    this.others = others;
    this.nanos = nanos;
    this.processor = processor;
    long now = nanos.getAsLong();
    this.until = new AtomicLong(now);
    this.watchedUntil = new AtomicLong(now);
    this.windowEnds = now + WINDOW_NANOS;
  }

  /** Whether what has this many bytes is too large for the thread that read it. */
  public static boolean isLarge(long bytes) {
    return bytes > LARGE;
  }

  /** Does the work for a request of so many bytes, here or elsewhere. */
  public void run(int bytes, Runnable work) {
    long start = nanos.getAsLong();
    if (isLarge(bytes) || start - until.get() < 0) {
      others.execute(work);
      return;
    }
    boolean watched = start - watchedUntil.get() < 0;
    long before = watched ? processor.getAsLong() : 0;
    work.run();
    long end = nanos.getAsLong();
    if (end - start > WAITED_NANOS) {
      tookLong(end - start, end);
    } else if (end - start > LONG_NANOS) {
      watchedUntil.set(end + PAUSE_NANOS);
      long worked = watched ? processor.getAsLong() - before : 0;
      if (worked > LONG_NANOS) {
        tookLong(worked, end);
      }
    }
  }

  private synchronized void tookLong(long nanos, long now) {
    if (now - windowEnds > 0) {
      windowEnds = now + WINDOW_NANOS;
      lost = 0;
    }
    lost += nanos;
    if (lost > MOST_NANOS) {
      until.set(now + PAUSE_NANOS);
    }
  }

  /** Found when it is asked for first, which is long after the start in most gates. */
  private static final class ProcessorTime {
    /** Where the JVM does not say, the time that passes has to do. */
    static final LongSupplier OF_THREAD = find();

    private static LongSupplier find() {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
          ? threads::getCurrentThreadCpuTime
          : System::nanoTime;
    }
  }
}
