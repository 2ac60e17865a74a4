package app.intentgate.server;

import org.jspecify.annotations.Nullable;

/** Steps that are all taken, whichever of them fails. */
final class InOrder {
  private InOrder() {}

  /** Takes each step; throws the first failure afterwards, with the others suppressed in it. */
  static void run(Runnable... steps) {
    RuntimeException first = null;
    for (Runnable step : steps) {
      first = take(step, first);
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException take(Runnable step, @Nullable RuntimeException first) {
    try {
      step.run();
      return first;
    } catch (RuntimeException e) {
      if (first == null) {
        return e;
      }
      first.addSuppressed(e);
      return first;
    }
  }
}
