package app.intentgate.check;

import app.intentgate.approval.Approval;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How long the maker of a call waits where a human must agree first, and whether it still does.
 * Make one for each call; one that is {@linkplain #none none} and that nobody {@linkplain #leave
 * leaves} may be shared. Thread-safe.
 */
public final class Patience {
  private final Waiting waiting;
  private final CompletableFuture<@Nullable Void> left = new CompletableFuture<>();
  private volatile long deadline;
  private volatile boolean begun;

  /** Hears that a call begins to wait. */
  @FunctionalInterface
  public interface Waiting {
    /**
     * The call begins to wait, which is on the audit chain by then; asked once.
     *
     * @param patience that of the call, to be told when its maker leaves
     * @param callId the call
     * @param row what it waits for
     * @return how long it may wait
     */
    Duration begins(Patience patience, String callId, Approval row);
  }

  private Patience(Waiting waiting) {
    this.waiting = waiting;
  }

  /** None: an escalated call is answered at once, and can be made again with the pending id. */
  public static Patience none() {
    return of(Duration.ZERO);
  }

  /** So much, from when the call begins to wait. */
  public static Patience of(Duration longest) {
    return new Patience((patience, callId, row) -> longest);
  }

  /** As much as is said when the call begins to wait. */
  public static Patience of(Waiting waiting) {
    return new Patience(waiting);
  }

  /** The maker of the call left: it is not carried out any more, whatever a human says (B16). */
  public void leave() {
    left.complete(null);
  }

  /** Whether the maker of the call left. */
  public boolean hasLeft() {
    return left.isDone();
  }

  /** Complete once the maker of the call left. */
  public CompletionStage<@Nullable Void> left() {
    return left;
  }

  /**
   * How much is left of it. The gate asks whenever the call begins to wait for a row; the first
   * time, the patience begins.
   */
  public Duration remaining(String callId, Approval row) {
    if (!begun) {
      // In this order, since whoever sees that it has begun takes the deadline as it is.
      deadline = System.nanoTime() + nanos(waiting.begins(this, callId, row));
      begun = true;
    }
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /** Years are as good as forever, and fit. */
  private static long nanos(Duration longest) {
    Duration most = Duration.ofDays(366);
    return (longest.compareTo(most) < 0 ? longest : most).toNanos();
  }
}
