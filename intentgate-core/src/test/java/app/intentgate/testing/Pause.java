package app.intentgate.testing;

import java.time.Duration;

/** Time that passes because its passing is what a test is about; for all else there is waiting. */
public final class Pause {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private Pause() {}

  /** What a slow one takes for its work; an interruption ends it. */
  public static void slow(Duration time) {
    pass(time);
  }

  /** How long nobody does anything; an interruption ends it. */
  public static void idle(Duration time) {
    pass(time);
  }

  /** Says nothing more for half a minute, or until it is interrupted. */
  public static void silent() {
    pass(SILENCE);
  }

  private static void pass(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
