package app.intentgate.server.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * The series of one name, each looked up by its labels once and by its number from then on: looking
 * up hashes all labels, at every check of every call. One that counts nothing yet is not shown.
 * Thread-safe.
 */
final class Points<T> {
  private final AtomicReferenceArray<T> known;
  private final IntFunction<T> find;

  /**
   * So many series.
   *
   * @param find looks one up; the same one whenever it is asked
   */
  Points(int count, IntFunction<T> find) {
    this.known = new AtomicReferenceArray<>(count);
    this.find = find;
  }

  T at(int number) {
    T point = known.get(number);
    if (point == null) {
      point = find.apply(number);
      known.set(number, point);
    }
    return point;
  }
}
