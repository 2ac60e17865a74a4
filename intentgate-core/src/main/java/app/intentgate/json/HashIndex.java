package app.intentgate.json;

import org.jspecify.annotations.Nullable;

/**
 * Finds a value's position in an array of distinct values: by looking at each while there are few,
 * by open addressing above that. The array belongs to the caller.
 */
final class HashIndex {
  private static final int SMALL = 8;

  /** Position + 1 per slot, 0 for a free one; null while a scan is cheaper. */
  private final int @Nullable [] slots;

  HashIndex(int capacity) {
    slots = capacity <= SMALL ? null : new int[Integer.highestOneBit(capacity * 2 - 1) * 2];
  }

  /** Spreads a hash code so that its low bits depend on all of it. */
  static int spread(int h) {
    int x = h * 0x9E3779B9;
    return x ^ (x >>> 16);
  }

  /** The position of an equal value among the first {@code size} items, or -1. */
  int find(@Nullable JsonValue[] items, int size, JsonValue value) {
    int[] table = slots;
    if (table == null) {
      for (int i = 0; i < size; i++) {
        if (value.equals(items[i])) {
          return i;
        }
      }
      return -1;
    }
    int mask = table.length - 1;
    for (int at = spread(value.hashCode()) & mask; table[at] != 0; at = (at + 1) & mask) {
      int position = table[at] - 1;
      if (value.equals(items[position])) {
        return position;
      }
    }
    return -1;
  }

  /** Notes that a value, known not to be there yet, stands at a position. */
  void insert(JsonValue value, int position) {
    int[] table = slots;
    if (table == null) {
      return;
    }
    int mask = table.length - 1;
    int at = spread(value.hashCode()) & mask;
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    table[at] = position + 1;
  }

  /** An index over the same items with room for as many as the array can hold. */
  HashIndex grow(JsonValue[] items, int size) {
    HashIndex larger = new HashIndex(items.length);
    for (int i = 0; i < size; i++) {
      larger.insert(items[i], i);
    }
    return larger;
  }
}
