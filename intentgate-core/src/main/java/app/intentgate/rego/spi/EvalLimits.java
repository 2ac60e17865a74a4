package app.intentgate.rego.spi;

import java.time.Duration;

/**
 * What one evaluation may use before it is cancelled. Immutable.
 *
 * @param maxSteps loop turns and calls
 * @param deadline time from the start of the evaluation
 * @param maxValues items of the arrays, sets and objects that an evaluation builds; none of these
 *     may hold more than four times as much, counting parts as often as they are inside
 * @param maxStringBytes text that builtins build
 * @param maxDepth nested rule and function calls. Documents are read to the depth of {@link
 *     app.intentgate.json.JsonLimits#GREATEST_DEPTH}, whatever this is: a deeper one is an error of
 *     the builtin that reads it
 */
public record EvalLimits(
    long maxSteps, Duration deadline, long maxValues, long maxStringBytes, int maxDepth) {
  private static final EvalLimits DEFAULTS =
      new EvalLimits(10_000_000, Duration.ofSeconds(1), 1_000_000, 16 << 20, 1_000);

  /** Checks that every limit is positive. */
  public EvalLimits {
    positive("maxSteps", maxSteps);
    positive("deadline", deadline.isNegative() ? -1 : deadline.toNanos());
    positive("maxValues", maxValues);
    positive("maxStringBytes", maxStringBytes);
    positive("maxDepth", maxDepth);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, is " + value);
    }
  }

  /** 10 million steps, one second, a million values, 16 MiB of text, depth 1,000. */
  public static EvalLimits ofDefaults() {
    return DEFAULTS;
  }

  /** The same limits with another number of steps. */
  public EvalLimits withMaxSteps(long steps) {
    return new EvalLimits(steps, deadline, maxValues, maxStringBytes, maxDepth);
  }

  /** The same limits with another deadline. */
  public EvalLimits withDeadline(Duration limit) {
    return new EvalLimits(maxSteps, limit, maxValues, maxStringBytes, maxDepth);
  }

  /** The same limits with another number of values. */
  public EvalLimits withMaxValues(long values) {
    return new EvalLimits(maxSteps, deadline, values, maxStringBytes, maxDepth);
  }

  /** The same limits with another amount of text. */
  public EvalLimits withMaxStringBytes(long bytes) {
    return new EvalLimits(maxSteps, deadline, maxValues, bytes, maxDepth);
  }

  /** The same limits with another depth. */
  public EvalLimits withMaxDepth(int depth) {
    return new EvalLimits(maxSteps, deadline, maxValues, maxStringBytes, depth);
  }
}
