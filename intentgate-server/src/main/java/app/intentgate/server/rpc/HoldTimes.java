package app.intentgate.server.rpc;

import java.time.Duration;

/**
 * How long callers are held whose call waits for a person.
 *
 * @param json a caller that takes JSON alone; zero for not at all, whoever calls
 * @param stream a caller that takes event streams and does not ask for progress
 * @param beat how often a stream shows that it lives
 */
public record HoldTimes(Duration json, Duration stream, Duration beat) {
  private static final Duration STREAM = Duration.ofSeconds(50);
  private static final Duration BEAT = Duration.ofSeconds(10);

  /** Nobody is held. */
  public static final HoldTimes NONE = new HoldTimes(Duration.ZERO, Duration.ZERO, BEAT);

  /**
   * The times of a configuration.
   *
   * @param async whether nobody is held
   * @param json how long a caller is held that takes JSON alone
   */
  public static HoldTimes of(boolean async, Duration json) {
    return async ? NONE : new HoldTimes(json, STREAM, BEAT);
  }
}
