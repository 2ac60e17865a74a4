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
  private static final int BLOCK = RANDOM_BYTES * 64;

  private final Clock clock;
  private final SecureRandom random;
  private final Pool<Block> blocks;

  /** Random bytes drawn beforehand; each is used once and then forgotten. */
  private static final class Block {
    final byte[] bytes = new byte[BLOCK];
    int next = BLOCK;

    void take(byte[] to, int at, SecureRandom random) {
      if (next == BLOCK) {
        random.nextBytes(bytes);
        next = 0;
      }
      System.arraycopy(bytes, next, to, at, RANDOM_BYTES);
      Arrays.fill(bytes, next, next + RANDOM_BYTES, (byte) 0);
      next += RANDOM_BYTES;
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
    byte[] id = new byte[Integer.BYTES + RANDOM_BYTES];
    for (int i = 0; i < Integer.BYTES; i++) {
      id[i] = (byte) (seconds >> (8 * (Integer.BYTES - 1 - i)));
    }
    Block block = blocks.take();
    block.take(id, Integer.BYTES, random);
    blocks.give(block);
    return Base64Url.encode(id);
  }
}
