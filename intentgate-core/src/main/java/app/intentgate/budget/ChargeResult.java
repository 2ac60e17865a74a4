package app.intentgate.budget;

import org.jspecify.annotations.Nullable;

/**
 * What became of a charge: everything was charged, or one limit would have been exceeded and
 * nothing was.
 *
 * @param exceeded the first limit, in the order given, that would have been exceeded; null when all
 *     were charged
 * @param wouldBe what that counter would have stood at, for the message
 */
public record ChargeResult(@Nullable Charge exceeded, long wouldBe) {
  /** All limits were charged. */
  public static final ChargeResult CHARGED = new ChargeResult(null, 0);

  /** Whether all limits were charged. */
  public boolean charged() {
    return exceeded == null;
  }
}
