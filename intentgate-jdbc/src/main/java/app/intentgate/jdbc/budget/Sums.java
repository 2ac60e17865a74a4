package app.intentgate.jdbc.budget;

/** Sums of what is never negative, which end at the largest number instead of wrapping round. */
final class Sums {
  private Sums() {}

  static long add(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
