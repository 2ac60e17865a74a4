package app.intentgate.jdbc.audit;

/**
 * A stretch of numbers of a chain, or of commits, outside of which nothing passes a query; what is
 * in it need not.
 *
 * @param first the first, inclusive
 * @param last the last, inclusive; before the first when nothing passes
 */
record Stretch(long first, long last) {
  /** All there are. */
  static final Stretch ALL = new Stretch(0, Long.MAX_VALUE);

  boolean isAll() {
    return equals(ALL);
  }
}
