package app.intentgate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last acts of humans that this gate put on the audit chain, so that one that is tried again is
 * recorded again only where it may be missing. Bounded; thread-safe.
 */
final class RecordedActs {
  private static final int MAX_KEPT = 10_000;

  private final Map<String, Boolean> acts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_KEPT;
        }
      };

  synchronized void add(String act) {
    acts.put(act, true);
  }

  synchronized boolean has(String act) {
    return acts.containsKey(act);
  }
}
