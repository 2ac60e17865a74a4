package app.intentgate.audit.checkpoint;

import java.util.List;

/**
 * Keeps checkpoints and the keys that verify them. Everything may block; nothing here is asked on
 * the way of a call. Thread-safe.
 */
public interface CheckpointStore {
  /**
   * Keeps a checkpoint.
   *
   * @throws app.intentgate.store.StoreUnavailableException when it cannot
   */
  void append(Checkpoint checkpoint);

  /**
   * Checkpoints of a chain, oldest first.
   *
   * @param tenant the chain
   * @param fromSequence only those of this sequence and later
   * @param limit how many at most
   */
  List<Checkpoint> list(String tenant, long fromSequence, int limit);

  /** Makes a key known to whoever verifies; one that is known stays as it is. */
  void publish(PublicCheckpointKey key);

  /** Every key that was ever published, oldest first. */
  List<PublicCheckpointKey> keys();
}
