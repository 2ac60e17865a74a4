package app.intentgate.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How tests wait: for a condition, with so much patience that a slow machine does not matter. */
public final class Eventually {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Long enough to leave the processor to what is waited for. */
  private static final long BETWEEN_NANOS = Duration.ofMillis(2).toNanos();

  private Eventually() {}

  /** What may be asked again and again, and may fail. */
  public interface Condition {
    /** Whether it has come about. */
    boolean holds() throws Exception;
  }

  /** Waits until it holds; fails when it does not within two minutes, or cannot be asked. */
  public static void until(Condition condition) {
    until("what is waited for", condition);
  }

  /**
   * Waits until it holds; fails when it does not within two minutes, or cannot be asked.
   *
   * @param what is waited for, as the failure says it
   */
  public static void until(String what, Condition condition) {
    long begun = System.nanoTime();
    while (!holds(what, condition)) {
      if (System.nanoTime() - begun > LONGEST.toNanos()) {
        throw new AssertionError(what + ": not within " + LONGEST.toSeconds() + " s");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException(what + ": interrupted");
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  private static boolean holds(String what, Condition condition) {
    try {
      return condition.holds();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(what + ": " + e, e);
    }
  }
}
