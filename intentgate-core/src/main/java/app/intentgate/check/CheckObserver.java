package app.intentgate.check;

/**
 * Hears of every check that ran, on the thread that ran it: it must return at once. What it throws
 * is logged and ignored. Thread-safe.
 */
@FunctionalInterface
public interface CheckObserver {
  /** Hears nothing. */
  CheckObserver NONE = (check, verdict, nanos) -> {};

  /** What became of a check. */
  enum Verdict {
    /** The call went on. */
    ALLOW,
    /** The call ended here. */
    BLOCK,
    /** There was nothing to check. */
    SKIP
  }

  /** A check ran and took so many nanoseconds. */
  void checked(CheckName check, Verdict verdict, long nanos);
}
