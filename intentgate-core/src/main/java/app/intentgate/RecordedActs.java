package app.intentgate;

import app.intentgate.store.Stages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last acts of humans that this gate put on the audit chain or is putting there, so that one
 * that is tried again, or twice at once, is recorded again only where it may be missing. Bounded;
 * thread-safe.
 */
final class RecordedActs {
  private static final int MAX_KEPT = 10_000;

  private final Map<String, CompletableFuture<Void>> acts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Void>> eldest) {
          return size() > MAX_KEPT;
        }
      };

  /**
   * Records an act, unless it is recorded or somebody is at it.
   *
   * @param append records it
   * @return complete once it is recorded, by whomever; where that failed it is not remembered
   */
  CompletionStage<Void> once(String act, Supplier<? extends CompletionStage<?>> append) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    synchronized (this) {
      CompletableFuture<Void> other = acts.putIfAbsent(act, mine);
      if (other != null) {
        return other;
      }
    }
    // Outside of the lock: the store may take its time, and whoever waits goes on at its end.
    try {
      append.get().whenComplete((stored, failure) -> end(act, mine, failure));
    } catch (RuntimeException e) {
      end(act, mine, e);
    }
    return mine;
  }

  private void end(String act, CompletableFuture<Void> recorded, @Nullable Throwable failure) {
    if (failure == null) {
      recorded.complete(null);
      return;
    }
    synchronized (this) {
      acts.remove(act, recorded);
    }
    recorded.completeExceptionally(Stages.unwrap(failure));
  }
}
