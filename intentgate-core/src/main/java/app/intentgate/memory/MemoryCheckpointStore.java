package app.intentgate.memory;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointStore;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checkpoints in memory: the newest thousand of each chain. */
public final class MemoryCheckpointStore implements CheckpointStore {
  private static final int MOST = 1_000;

  private final Map<String, List<Checkpoint>> chains = new HashMap<>();
  private final List<PublicCheckpointKey> keys = new ArrayList<>();

  /** A store of nothing yet. */
  public MemoryCheckpointStore() {}

  @Override
  public synchronized void append(Checkpoint checkpoint) {
    List<Checkpoint> chain =
        chains.computeIfAbsent(checkpoint.tenant(), tenant -> new ArrayList<>());
    chain.add(checkpoint);
    if (chain.size() > MOST) {
      chain.remove(0);
    }
  }

  @Override
  public synchronized List<Checkpoint> list(String tenant, long fromSequence, int limit) {
    return chains.getOrDefault(tenant, List.of()).stream()
        .filter(checkpoint -> checkpoint.sequence() >= fromSequence)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void publish(PublicCheckpointKey key) {
    if (keys.stream().noneMatch(known -> known.id().equals(key.id()))) {
      keys.add(key);
    }
  }

  @Override
  public synchronized List<PublicCheckpointKey> keys() {
    return List.copyOf(keys);
  }
}
