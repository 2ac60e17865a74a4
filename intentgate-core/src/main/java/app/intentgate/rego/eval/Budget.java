package app.intentgate.rego.eval;

import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.EvalLimits;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation may still use. Steps are handed out in slices, so that the clock and the
 * cancel flag are looked at once per slice only.
 */
final class Budget {
  /** Steps between two looks at the clock. */
  private static final int SLICE = 1024;

  /**
   * After so many values or bytes, as a power of two, the clock is looked at: making them takes a
   * while, at once or piece by piece.
   */
  private static final int LUMP_BITS = 14;

  private final long deadline;
  private final @Nullable BooleanSupplier cancelFlag;
  private long steps;
  private long values;
  private long bytes;

  Budget(EvalLimits limits, @Nullable BooleanSupplier cancelFlag) {
    this.deadline = System.nanoTime() + limits.deadline().toNanos();
    this.cancelFlag = cancelFlag;
    this.steps = limits.maxSteps();
    this.values = limits.maxValues();
    this.bytes = limits.maxStringBytes();
  }

  /** The first slice, without a look at the clock. */
  int firstSlice() {
    int slice = (int) Math.min(SLICE, steps);
    steps -= slice;
    return slice;
  }

  /** The next slice, after a look at clock and flag. */
  int nextSlice() {
    look();
    if (steps <= 0) {
      throw EvalFailure.limit(EvalLimit.STEPS);
    }
    return firstSlice();
  }

  /** Takes steps in a lump, from the slice if it has them. */
  int charge(int slice, long wanted) {
    if (wanted < slice) {
      return slice - (int) wanted;
    }
    look();
    steps -= wanted - slice;
    if (steps <= 0) {
      throw EvalFailure.limit(EvalLimit.STEPS);
    }
    return firstSlice();
  }

  private void look() {
    if (cancelFlag != null && cancelFlag.getAsBoolean()) {
      throw EvalFailure.limit(EvalLimit.CANCELED);
    }
    if (System.nanoTime() - deadline > 0) {
      throw EvalFailure.limit(EvalLimit.DEADLINE);
    }
  }

  void chargeValues(long wanted) {
    long left = values - wanted;
    if ((values ^ left) >>> LUMP_BITS != 0) {
      look();
    }
    values = left;
    if (values < 0) {
      throw EvalFailure.limit(EvalLimit.VALUES);
    }
  }

  void chargeBytes(long wanted) {
    long left = bytes - wanted;
    if ((bytes ^ left) >>> LUMP_BITS != 0) {
      look();
    }
    bytes = left;
    if (bytes < 0) {
      throw EvalFailure.limit(EvalLimit.STRING_BYTES);
    }
  }
}
