package app.intentgate.sdk;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How to wait for a person.
 *
 * @param atMost how long; a gate that does not hold calls is asked a last time before it is over
 * @param askEvery how long to wait between two calls; a gate may hold each for a while itself
 * @param onPending hears once that the call waits, and under which id; must not block
 */
public record ApprovalWait(
    Duration atMost, Duration askEvery, Consumer<ApprovalPending> onPending) {
  /** Checks the durations. */
  public ApprovalWait {
    if (atMost.isNegative() || askEvery.isNegative() || askEvery.isZero()) {
      throw new IllegalArgumentException(
          "wait a positive time, not at most " + atMost + ", asking every " + askEvery);
    }
  }

  /** Waits so long and asks every second. */
  public static ApprovalWait atMost(Duration limit) {
    return new ApprovalWait(limit, Duration.ofSeconds(1), pending -> {});
  }

  /** With another time between two calls. */
  public ApprovalWait askEvery(Duration pause) {
    return new ApprovalWait(atMost, pause, onPending);
  }

  /** With someone who hears that the call waits. */
  public ApprovalWait onPending(Consumer<ApprovalPending> listener) {
    return new ApprovalWait(atMost, askEvery, listener);
  }
}
