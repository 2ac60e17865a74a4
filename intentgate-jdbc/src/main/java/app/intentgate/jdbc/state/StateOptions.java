package app.intentgate.jdbc.state;

import java.time.Clock;
import java.time.Duration;

/**
 * How state is kept.
 *
 * @param clock the gate's clock
 * @param staleAfter how long the change feed may be silent before checks fail closed
 */
public record StateOptions(Clock clock, Duration staleAfter) {
  /** How long the feed may be silent unless told otherwise. */
  public static final Duration DEFAULT_STALE_AFTER = Duration.ofSeconds(10);

  /** Checks the limit. */
  public StateOptions {
    if (staleAfter.toMillis() < 100) {
      throw new IllegalArgumentException("staleAfter must be at least 100 ms: " + staleAfter);
    }
  }

  /** The default limits. */
  public static StateOptions of(Clock clock) {
    return new StateOptions(clock, DEFAULT_STALE_AFTER);
  }

  /** The same with another limit. */
  public StateOptions withStaleAfter(Duration limit) {
    return new StateOptions(clock, limit);
  }
}
