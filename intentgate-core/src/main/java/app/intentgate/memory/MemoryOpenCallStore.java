package app.intentgate.memory;

import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Open calls in memory, at most {@value #MAX}. Every stage is complete at once. */
public final class MemoryOpenCallStore implements OpenCallStore {
  /** How many calls of all sessions are kept; a call takes about a kilobyte. */
  static final int MAX = 100_000;

  private static final Comparator<OpenCall> OLDEST_FIRST = Comparator.comparing(OpenCall::since);

  private final Map<OpenCall.Session, Map<String, OpenCall>> sessions = new LinkedHashMap<>();
  private int size;

  /** A store without calls. */
  public MemoryOpenCallStore() {}

  @Override
  public synchronized CompletionStage<List<OpenCall>> keep(OpenCall call) {
    List<OpenCall> lost = new ArrayList<>(1);
    OpenCall earlier = remove(call.key());
    if (earlier != null) {
      lost.add(earlier);
    }
    Map<String, OpenCall> mine =
        sessions.computeIfAbsent(call.key().session(), s -> new LinkedHashMap<>());
    mine.put(call.key().rpcId(), call);
    size++;
    if (mine.size() > OpenCall.MAX_PER_SESSION) {
      lost.add(removeOldest(mine));
    } else if (size > MAX) {
      lost.add(removeOldest(sessions.values().iterator().next()));
    }
    return CompletableFuture.completedFuture(lost);
  }

  private OpenCall removeOldest(Map<String, OpenCall> of) {
    OpenCall oldest = Collections.min(of.values(), OLDEST_FIRST);
    remove(oldest.key());
    return oldest;
  }

  private @Nullable OpenCall remove(OpenCall.Key key) {
    Map<String, OpenCall> mine = sessions.get(key.session());
    if (mine == null) {
      return null;
    }
    OpenCall removed = mine.remove(key.rpcId());
    if (removed != null) {
      size--;
      if (mine.isEmpty()) {
        sessions.remove(key.session());
      }
    }
    return removed;
  }

  @Override
  public synchronized CompletionStage<Optional<OpenCall>> take(OpenCall.Key key) {
    return CompletableFuture.completedFuture(Optional.ofNullable(remove(key)));
  }

  @Override
  public synchronized CompletionStage<List<OpenCall>> takeAll(OpenCall.Session session) {
    Map<String, OpenCall> mine = sessions.remove(session);
    if (mine == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    size -= mine.size();
    return CompletableFuture.completedFuture(List.copyOf(mine.values()));
  }

  @Override
  public synchronized CompletionStage<List<OpenCall>> takeOlder(Instant than, int limit) {
    List<OpenCall> old =
        all().stream()
            .filter(call -> call.since().isBefore(than))
            .sorted(OLDEST_FIRST)
            .limit(limit)
            .toList();
    old.forEach(call -> remove(call.key()));
    return CompletableFuture.completedFuture(old);
  }

  /** Every call, those of a session oldest first. */
  public synchronized List<OpenCall> all() {
    List<OpenCall> all = new ArrayList<>(size);
    sessions.values().forEach(mine -> all.addAll(mine.values()));
    return all;
  }
}
