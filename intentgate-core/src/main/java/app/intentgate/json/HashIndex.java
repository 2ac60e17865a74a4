package app.intentgate.json;

import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a value's position in a run of distinct values: by looking at each while there are few, by
 * open addressing above that, and by Rego's order once somebody chose values whose hash codes
 * collide. So a lookup never costs more than the logarithm of the size. The array belongs to the
 * caller; positions count from the start of the run.
 */
final class HashIndex {
  /** The index of a run short enough to be searched value by value. */
  static final HashIndex NONE = new HashIndex(null);

  private static final int SMALL = 8;

  /** Honest hash codes at half load never need as many steps; chosen ones soon do. */
  private static final int MAX_PROBES = 64;

  /** Position + 1 per slot, 0 for a free one; null while a scan is cheaper. */
  private final int @Nullable [] slots;

  private @Nullable TreeMap<JsonValue, Integer> ordered;

  private HashIndex(int @Nullable [] slots) {
    this.slots = slots;
  }

  /** An index of nothing yet, with room for so many values. */
  static HashIndex withCapacity(int values) {
    if (values <= SMALL) {
      return NONE;
    }
    int wanted = Math.min(values, 1 << 29);
    return new HashIndex(new int[Integer.highestOneBit(wanted * 2 - 1) * 2]);
  }

  /** An index of the first so many items. */
  static HashIndex of(@Nullable JsonValue[] items, int size) {
    HashIndex index = withCapacity(size + 1);
    for (int i = 0; i < size; i++) {
      index.insert(items, 0, i);
    }
    return index;
  }

  /** Spreads a hash code so that its low bits depend on all of it. */
  static int spread(int h) {
    int x = h * 0x9E3779B9;
    return x ^ (x >>> 16);
  }

  /** The position of an equal value among the {@code size} items from {@code from}, or -1. */
  int find(@Nullable JsonValue[] items, int from, int size, JsonValue value) {
    int[] table = slots;
    if (table == null) {
      for (int i = 0; i < size; i++) {
        if (value.equals(items[from + i])) {
          return i;
        }
      }
      return -1;
    }
    TreeMap<JsonValue, Integer> tree = ordered;
    if (tree != null) {
      Integer at = tree.get(value);
      return at == null ? -1 : at;
    }
    int mask = table.length - 1;
    for (int at = spread(value.hashCode()) & mask; table[at] != 0; at = (at + 1) & mask) {
      int position = table[at] - 1;
      if (value.equals(items[from + position])) {
        return position;
      }
    }
    return -1;
  }

  /**
   * The index of the {@code size} items from {@code from}: this one, which knows all but the last
   * of them, taught the last, or a larger one in its place.
   */
  HashIndex with(@Nullable JsonValue[] items, int from, int size) {
    int[] table = slots;
    if (table == null ? size <= SMALL : size <= table.length / 2) {
      insert(items, from, size - 1);
      return this;
    }
    HashIndex larger = withCapacity(size);
    for (int i = 0; i < size; i++) {
      larger.insert(items, from, i);
    }
    return larger;
  }

  private void insert(@Nullable JsonValue[] items, int from, int position) {
    int[] table = slots;
    if (table == null) {
      return;
    }
    JsonValue value = Objects.requireNonNull(items[from + position]);
    if (ordered != null) {
      ordered.put(value, position);
      return;
    }
    int mask = table.length - 1;
    int at = spread(value.hashCode()) & mask;
    for (int probes = 0; table[at] != 0; probes++) {
      if (probes == MAX_PROBES) {
        order(items, from, position);
        return;
      }
      at = (at + 1) & mask;
    }
    table[at] = position + 1;
  }

  private void order(@Nullable JsonValue[] items, int from, int lastPosition) {
    TreeMap<JsonValue, Integer> tree = new TreeMap<>(JsonValue::compare);
    for (int i = 0; i <= lastPosition; i++) {
      tree.put(Objects.requireNonNull(items[from + i]), i);
    }
    ordered = tree;
  }
}
