package app.intentgate.audit.checkpoint;

import app.intentgate.audit.ChainHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The keys whose signatures somebody trusts. Immutable and thread-safe. */
public final class CheckpointKeys {
  private final List<PublicCheckpointKey> trusted;

  private CheckpointKeys(List<PublicCheckpointKey> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** These keys. */
  public static CheckpointKeys of(List<PublicCheckpointKey> trusted) {
    return new CheckpointKeys(trusted);
  }

  /**
   * The keys in a text: one a line, the 32 bytes in base64, alone or as the second word of a line
   * such as a folder's list of keys holds.
   *
   * @throws IllegalArgumentException when a line holds none
   */
  public static CheckpointKeys parse(String text) {
    List<PublicCheckpointKey> keys = new ArrayList<>();
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      String[] words = line.strip().split("\\s+");
      keys.add(PublicCheckpointKey.decode(words.length > 1 ? words[1] : words[0], Instant.EPOCH));
    }
    return new CheckpointKeys(keys);
  }

  /**
   * The place in its chain that a checkpoint vouches for: a log that does not reach it was cut, one
   * that has another hash there was written anew.
   *
   * @throws IllegalArgumentException when no trusted key signed it, or it was changed since
   */
  public ChainHead verify(Checkpoint checkpoint) {
    if (trusted.stream().noneMatch(key -> key.verifies(checkpoint))) {
      throw new IllegalArgumentException(
          "the checkpoint of "
              + checkpoint.tenant()
              + " at "
              + checkpoint.sequence()
              + " is signed by no trusted key, or was changed");
    }
    return new ChainHead(
        checkpoint.tenant(), checkpoint.sequence(), checkpoint.headHash(), checkpoint.at());
  }

  /**
   * The place up to which a chain's rows were taken away on purpose.
   *
   * @throws IllegalArgumentException when no trusted key signed that, or it was changed since
   */
  public ChainHead verify(ClosingCheckpoint closing) {
    Checkpoint checkpoint = closing.checkpoint();
    if (trusted.stream().noneMatch(closing::isSignedBy)) {
      throw new IllegalArgumentException(
          "the rows of "
              + checkpoint.tenant()
              + " up to "
              + checkpoint.sequence()
              + " were closed by no trusted key");
    }
    return verify(checkpoint);
  }
}
