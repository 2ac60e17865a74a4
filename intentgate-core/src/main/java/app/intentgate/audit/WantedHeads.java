package app.intentgate.audit;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The heads of one chain that are remembered elsewhere, met in their order as the chain is walked.
 * Not thread-safe.
 */
final class WantedHeads {
  private final ChainHead[] heads;
  private int next;

  /** Any number of heads, in any order. */
  WantedHeads(Collection<ChainHead> wanted) {
    heads = wanted.toArray(ChainHead[]::new);
    Arrays.sort(heads, Comparator.comparingLong(ChainHead::seq));
  }

  /** The first of them at a number that has another hash; null when all there agree. */
  @Nullable ChainHead contradicted(long seq, String hash) {
    ChainHead other = null;
    while (next < heads.length && heads[next].seq() <= seq) {
      ChainHead head = heads[next++];
      if (head.seq() == seq && other == null && !head.hash().equals(hash)) {
        other = head;
      }
    }
    return other;
  }

  /** Whether {@link #contradicted} has anything to compare at a number. */
  boolean reach(long seq) {
    return next < heads.length && heads[next].seq() <= seq;
  }

  /** Whether one of them stands at a number with a hash. */
  boolean has(long seq, String hash) {
    return Arrays.stream(heads).anyMatch(h -> h.seq() == seq && h.hash().equals(hash));
  }

  /** The farthest of them behind a number; null when the chain has reached all. */
  @Nullable ChainHead beyond(long seq) {
    ChainHead last = heads.length == 0 ? null : heads[heads.length - 1];
    return last != null && last.seq() > seq ? last : null;
  }
}
