package app.intentgate.jdbc.budget;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one counter.
 *
 * @param counter which one
 * @param used what was spent for certain
 * @param window for rates what was spent, and when
 * @param expiresAt unix seconds after which the counter may be forgotten; null for never
 * @param held what this gate holds from now on; 0 for no lease
 * @param countsAt for rates the latest time at which it may be spent
 * @param hadLease whether this gate has a lease in the ledger
 * @param ended gates whose leases are counted as spent and go away
 * @param recall whether the other gates are asked for what they hold
 */
public record CounterUpdate(
    CounterKey counter,
    long used,
    SlidingWindow window,
    @Nullable Long expiresAt,
    long held,
    long countsAt,
    boolean hadLease,
    List<String> ended,
    boolean recall) {}
