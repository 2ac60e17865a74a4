package app.intentgate.token;

import java.nio.ByteBuffer;
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
  private final Pool<ByteBuffer> blocks;
  private final SecureRandom random;

  /** Ids by this clock and this randomness. */
  public TokenIds(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    this.blocks = new Pool<>(() -> ByteBuffer.allocate(BLOCK).limit(0));
  }

  /** A new id. */
  public String next() {
    byte[] id = new byte[Integer.BYTES + RANDOM_BYTES];
    ByteBuffer.wrap(id).putInt((int) Math.floorDiv(clock.millis(), 1000L));
    ByteBuffer block = blocks.take();
    if (!block.hasRemaining()) {
      random.nextBytes(block.array());
      block.clear();
    }
    int from = block.position();
    block.get(id, Integer.BYTES, RANDOM_BYTES);
    Arrays.fill(block.array(), from, block.position(), (byte) 0);
    blocks.give(block);
    return Base64Url.encode(id);
  }
}
