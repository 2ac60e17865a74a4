package app.intentgate.token;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;

/**
 * Makes ids of 22 characters: base64url of the time in seconds (4 bytes) and 12 random bytes. Used
 * for tokens, calls, events and approvals. Thread-safe; draws randomness in blocks, so that threads
 * seldom meet at the generator.
 */
public final class TokenIds {
  private static final int RANDOM_BYTES = 12;
  private static final int LENGTH = 22;
  private static final int BLOCK = RANDOM_BYTES * 64;

  private final Clock clock;
  private final SecureRandom random;
  private final Pool<Block> blocks;

  /** Random bytes drawn beforehand, each used once and then forgotten; and room to write an id. */
  private static final class Block {
    final byte[] bytes = new byte[BLOCK];
    final byte[] id = new byte[Integer.BYTES + RANDOM_BYTES];
    final byte[] text = new byte[LENGTH];
    int next = BLOCK;

    String id(int seconds, SecureRandom random) {
      if (next == BLOCK) {
        random.nextBytes(bytes);
        next = 0;
      }
      for (int i = 0; i < Integer.BYTES; i++) {
        id[i] = (byte) (seconds >> (8 * (Integer.BYTES - 1 - i)));
      }
      System.arraycopy(bytes, next, id, Integer.BYTES, RANDOM_BYTES);
      Arrays.fill(bytes, next, next + RANDOM_BYTES, (byte) 0);
      next += RANDOM_BYTES;
      return Base64Url.encode(id, text);
    }
  }

  /** Ids by this clock and this randomness. */
  public TokenIds(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    this.blocks = new Pool<>(Block::new);
  }

  /** A new id. */
  public String next() {
    int seconds = (int) Math.floorDiv(clock.millis(), 1000L);
    Block block = blocks.take();
    String id = block.id(seconds, random);
    blocks.give(block);
    return id;
  }
}
