package app.intentgate.check;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the operator's log that something plugged into the checks failed: the first time, and then
 * at most once a minute, since one that fails may do so for every call. Thread-safe.
 */
final class FaultLog {
  private static final System.Logger LOG = System.getLogger(CheckPipeline.class.getName());
  private static final long BETWEEN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String what;
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  FaultLog(String what) {
    this.what = what;
  }

  void tell(Throwable failure) {
    long now = System.nanoTime();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + BETWEEN_NANOS)) {
      LOG.log(System.Logger.Level.WARNING, what, failure);
    }
  }
}
