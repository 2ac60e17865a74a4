package app.intentgate.jdbc.budget;

import org.jspecify.annotations.Nullable;

/** Sums of what is never negative, which end at the largest number instead of wrapping round. */
final class Sums {
  private Sums() {}

  static long add(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** The later of two ends; null is never, and later than any. */
  static @Nullable Long later(@Nullable Long a, @Nullable Long b) {
    return a == null || b == null ? null : (Long) Math.max(a, b);
  }
}
