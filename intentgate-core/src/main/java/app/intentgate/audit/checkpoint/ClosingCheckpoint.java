package app.intentgate.audit.checkpoint;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A checkpoint with a second signature that says more: the rows of the chain up to there were taken
 * away on purpose. Any other checkpoint vouches for rows that must be there, so that nobody who
 * merely has one can cut a chain with it.
 *
 * @param checkpoint where the chain was closed
 * @param closes the signature that says so, base64
 */
public record ClosingCheckpoint(Checkpoint checkpoint, String closes) {
  static final String CLOSES = "\ncloses ";

  /** Closes the rows of a chain up to one. */
  public static ClosingCheckpoint sign(
      CheckpointKey key, String tenant, long sequence, String headHash, Instant at) {
    Checkpoint checkpoint = key.sign(tenant, sequence, headHash, at);
    return new ClosingCheckpoint(
        checkpoint, Base64.getEncoder().encodeToString(key.sign(closed(checkpoint))));
  }

  /** What the second signature is over: it starts as no checkpoint does. */
  private static byte[] closed(Checkpoint checkpoint) {
    return ("intentgate closes\n" + checkpoint.text()).getBytes(StandardCharsets.UTF_8);
  }

  /** The checkpoint's signed note, and a line more. */
  public String note() {
    return checkpoint.note().stripTrailing() + CLOSES + closes + "\n";
  }

  /**
   * Reads {@link #note}. The signatures are not verified.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ClosingCheckpoint parse(String note) {
    int at = note.lastIndexOf(CLOSES);
    if (at < 0) {
      throw new IllegalArgumentException("a checkpoint that closes nothing");
    }
    return new ClosingCheckpoint(
        Checkpoint.parse(note.substring(0, at + 1)), note.substring(at + CLOSES.length()).strip());
  }

  /** Whether a key made both signatures, and nothing was changed since. */
  boolean isSignedBy(PublicCheckpointKey key) {
    return key.verifies(checkpoint) && key.verifies(closed(checkpoint), closes);
  }
}
