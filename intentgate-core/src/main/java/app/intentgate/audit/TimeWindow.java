package app.intentgate.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times between two, both inclusive; null for no limit.
 *
 * @param from the earliest
 * @param to the latest
 */
record TimeWindow(@Nullable Instant from, @Nullable Instant to) {
  /** All times. */
  static final TimeWindow ALWAYS = new TimeWindow(null, null);

  boolean hasStart() {
    return from != null;
  }

  boolean hasEnd() {
    return to != null;
  }

  boolean contains(EventMembers row) {
    if (from == null && to == null) {
      return true;
    }
    Instant at = row.time();
    return (from == null || !at.isBefore(from)) && (to == null || !at.isAfter(to));
  }
}
