package app.intentgate.jdbc.budget;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One counter as the ledger holds it.
 *
 * @param used what was spent for certain over the counter's life
 * @param window for rates what was spent, and when
 * @param expiresAt unix seconds after which it may be forgotten; null for never
 * @param leases what gates may have spent beside that
 */
public record CounterState(
    long used, SlidingWindow window, @Nullable Long expiresAt, List<Lease> leases) {
  /** A counter that nobody charged. */
  public static final CounterState NEW = new CounterState(0, SlidingWindow.EMPTY, null, List.of());

  /**
   * Until when it is kept after a charge that says so: what was spent is kept for the longest that
   * any charge asked for, and of a counter without any the newest says it.
   */
  @Nullable Long keptUntil(@Nullable Long asked) {
    return used == 0 && window.moments() == 0 ? asked : Sums.later(expiresAt, asked);
  }
}
