package app.intentgate.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Shares the strings of member names that come again and again. Bounded: one name per slot, only
 * ASCII names of at most 16 characters, a newcomer takes the place of what was there. Safe for use
 * by several threads without locks, since what the slots hold is immutable.
 */
final class NameCache {
  /** The longest name that is shared. */
  static final int MAX_LENGTH = 2 * Swar.BYTES;

  private static final int SLOTS = 1024;
  private static final @Nullable Entry[] ENTRIES = new Entry[SLOTS];

  /** A name, and its bytes as two numbers. */
  private record Entry(long low, long high, JsonString name) {}

  private NameCache() {}

  /**
   * The name of up to 16 ASCII characters whose bytes are the lowest of these numbers; the rest of
   * them is zero, which no plain character is.
   */
  static JsonString get(long low, long high, byte[] bytes, int from, int length) {
    int slot = slot(low, high);
    Entry known = ENTRIES[slot];
    if (known != null && known.low == low && known.high == high) {
      return known.name;
    }
    JsonString name = JsonString.of(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    ENTRIES[slot] = new Entry(low, high, name);
    return name;
  }

  private static int slot(long low, long high) {
    long mixed = (low ^ Long.rotateLeft(high, 29)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 48) & (SLOTS - 1);
  }
}
