package app.intentgate.jdbc.budget;

import java.util.List;

/**
 * One counter as the ledger holds it.
 *
 * @param used what was spent for certain over the counter's life
 * @param window for rates what was spent, and when
 * @param leases what gates may have spent beside that
 */
public record CounterState(long used, SlidingWindow window, List<Lease> leases) {
  /** A counter that nobody charged. */
  public static final CounterState NEW = new CounterState(0, SlidingWindow.EMPTY, List.of());
}
