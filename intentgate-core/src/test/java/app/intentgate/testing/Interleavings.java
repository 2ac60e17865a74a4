package app.intentgate.testing;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Checks with Lincheck that a class used by several threads answers as a sequential one does. How
 * many scenarios it makes up is {@code -Dintentgate.lincheck.iterations}; in each, something comes
 * before what the threads do and something after.
 */
public final class Interleavings {
  private static final int ITERATIONS = Integer.getInteger("intentgate.lincheck.iterations", 10);

  private Interleavings() {}

  /** Runs every scenario, of three threads with three operations each, many times over. */
  public static void byThreads(Class<?> tested, Class<?> sequential) {
    new StressOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .sequentialSpecification(sequential)
        .check(tested);
  }

  /**
   * Tries interleavings of every scenario, of two threads with two operations each; those with few
   * switches between the threads first. Slow: each runs step by step.
   */
  public static void byModelChecking(Class<?> tested, Class<?> sequential) {
    new ModelCheckingOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(20)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(2)
        .actorsAfter(1)
        .sequentialSpecification(sequential)
        .check(tested);
  }
}
