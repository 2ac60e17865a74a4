package app.intentgate.server.http;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Says on which thread a request is worked on. The one that read it goes on with it, which saves
 * two changes of threads and half a millisecond at the slow end, but keeps others of that thread
 * waiting meanwhile. So large requests are handed over to other threads, and so is every request
 * for some seconds once long calls have cost more than a twentieth of a second, as with a policy
 * that needs its whole deadline. A pause of the machine or of the collector does not cost that
 * much. Thread-safe.
 */
public final class HandOver {
  /** Larger ones take a good part of a millisecond to read and write. */
  private static final int LARGE = 64 << 10;

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Executor others;
  private final LongSupplier nanos;
  private final AtomicLong until;
  private long windowEnds;
  private long lost;

  /** Hands over to these threads, which must not be those that read. */
  public HandOver(Executor others) {
    this(others, System::nanoTime);
  }

  /** The same by another clock. */
  HandOver(Executor others, LongSupplier nanos) {
    this.others = others;
    this.nanos = nanos;
    this.until = new AtomicLong(nanos.getAsLong());
    this.windowEnds = until.get() + WINDOW_NANOS;
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
    work.run();
    long end = nanos.getAsLong();
    if (end - start > LONG_NANOS) {
      tookLong(end - start, end);
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
}
