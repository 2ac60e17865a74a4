package app.intentgate.server.fault;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How often the faults of this package happen, and at which moments. {@code
 * -Dintentgate.fault.rounds=N} sets how often; more than the ordinary run's 50 also keeps databases
 * away for as long as their operators do. A failure names its round and its seed.
 */
final class Rounds {
  /** How often a gate and its database are killed. */
  static final int COUNT = Integer.getInteger("intentgate.fault.rounds", 5);

  /** How often what takes longer, or shows less, is done. */
  static final int FEW = Math.max(2, COUNT / 5);

  /** Whether a database stays away for its full time. */
  static final boolean LONG = COUNT > 50;

  private static final long LONGEST_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final long seed = Long.getLong("intentgate.fault.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** What happens in a round. */
  interface Round {
    /** Does it; rounds count from 1. */
    void run(int round) throws Exception;
  }

  /** Does so many rounds. */
  void run(int count, Round work) {
    for (int round = 1; round <= count; round++) {
      try {
        work.run(round);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "round %d of %d, -Dintentgate.fault.seed=%d: %s"
                .formatted(round, count, seed, e.getMessage()),
            e);
      }
    }
  }

  /** A number from one to another, both included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** One of two ways. */
  boolean either() {
    return random.nextBoolean();
  }

  /** Lets a part of a call's time pass, so that what follows happens anywhere in it. */
  void moment() {
    LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_MOMENT_NANOS));
  }
}
