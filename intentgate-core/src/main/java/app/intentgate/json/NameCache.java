package app.intentgate.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Shares the strings of member names that come again and again. Bounded: one name per slot, short
 * ASCII names only, a newcomer takes the place of what was there. Safe for use by several threads
 * without locks, since what the slots hold is immutable.
 */
final class NameCache {
  private static final int SLOTS = 1024;
  private static final int MAX_LENGTH = 32;
  private static final @Nullable JsonString[] NAMES = new JsonString[SLOTS];

  private NameCache() {}

  /** The name that ASCII bytes write; the hash is that of {@link String#hashCode}. */
  static JsonString get(byte[] bytes, int from, int length, int hash) {
    if (length > MAX_LENGTH) {
      return JsonString.of(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }
    int slot = HashIndex.spread(hash) & (SLOTS - 1);
    JsonString known = NAMES[slot];
    if (known != null && matches(known.value(), bytes, from, length)) {
      return known;
    }
    JsonString name = JsonString.of(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    NAMES[slot] = name;
    return name;
  }

  private static boolean matches(String name, byte[] bytes, int from, int length) {
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}
