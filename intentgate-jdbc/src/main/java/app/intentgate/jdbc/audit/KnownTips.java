package app.intentgate.jdbc.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a writer left the chains it wrote, so that it need not ask again: while nobody else writes
 * them, they still stand there. Only a guess, which the database holds against what it has. For one
 * thread.
 */
final class KnownTips {
  /** As many chains as are remembered, those written last. */
  private static final int MOST = 4_096;

  /**
   * @param tip where the chain was left
   * @param alone whether it was still there when it was next looked at
   */
  private record Known(Tip tip, boolean alone) {}

  private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  /** Where chains are, if each of them is likely to be where it was left; null when one is not. */
  @Nullable Map<String, Tip> of(Collection<String> chains) {
    Map<String, Tip> tips = new HashMap<>();
    for (String chain : chains) {
      Known last = known.get(chain);
      if (last == null || !last.alone()) {
        return null;
      }
      tips.put(chain, last.tip());
    }
    return tips;
  }

  /** A batch was written, from where the database said or confirmed that its chains are. */
  void left(Collection<ChainMove> moves, long version) {
    for (ChainMove move : moves) {
      Known last = known.get(move.chain());
      boolean alone = last == null || last.tip().equals(move.from());
      known.put(move.chain(), new Known(move.to(version), alone));
    }
    if (known.size() > MOST) {
      var eldest = known.keySet().iterator();
      while (known.size() > MOST) {
        eldest.next();
        eldest.remove();
      }
    }
  }

  /** Chains were not where they had been left, or nobody knows: the database is asked first. */
  void doubt(Collection<String> chains) {
    for (String chain : chains) {
      known.computeIfPresent(chain, (name, last) -> new Known(last.tip(), false));
    }
  }
}
