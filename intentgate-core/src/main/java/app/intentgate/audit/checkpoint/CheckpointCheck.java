package app.intentgate.audit.checkpoint;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.StoredEvent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Holds a log against one checkpoint: feed it every event, then ask. That the log's own chain holds
 * is for the chain's verification to say. Not thread-safe.
 */
public final class CheckpointCheck {
  private final Checkpoint checkpoint;
  private final boolean signed;
  private @Nullable String hash;
  private long highest;

  /**
   * A check.
   *
   * @param trusted the keys whose signatures count
   */
  public CheckpointCheck(Checkpoint checkpoint, Collection<PublicCheckpointKey> trusted) {
    this.checkpoint = checkpoint;
    this.signed = trusted.stream().anyMatch(key -> key.verifies(checkpoint));
  }

  /** Takes the next event of any chain. */
  public void add(StoredEvent event) {
    if (AuditChain.keyOf(event.event().tenant()).equals(checkpoint.tenant())) {
      highest = Math.max(highest, event.seq());
      if (event.seq() == checkpoint.sequence()) {
        hash = event.hash();
      }
    }
  }

  /** What was found. */
  public CheckpointFinding finding() {
    if (!signed) {
      return CheckpointFinding.NOT_SIGNED;
    }
    if (highest < checkpoint.sequence()) {
      return CheckpointFinding.CUT;
    }
    if (hash == null) {
      return CheckpointFinding.MISSING;
    }
    return hash.equals(checkpoint.headHash())
        ? CheckpointFinding.HOLDS
        : CheckpointFinding.REWRITTEN;
  }
}
