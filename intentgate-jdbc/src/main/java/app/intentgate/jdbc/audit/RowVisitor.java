package app.intentgate.jdbc.audit;

import app.intentgate.audit.ChainLines;
import java.util.function.LongConsumer;

/**
 * Takes the stored rows of a chain one by one and has them verified. Not thread-safe.
 *
 * @param lines what verifies
 * @param progress told of how many rows were read, now and then
 */
record RowVisitor(ChainLines lines, LongConsumer progress) {
  private static final int PROGRESS_MASK = (1 << 15) - 1;

  /** Says that so many rows were read. */
  void read(long rows) {
    if ((rows & PROGRESS_MASK) == 0) {
      progress.accept(rows);
    }
  }
}
