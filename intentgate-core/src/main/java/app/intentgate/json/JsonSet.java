package app.intentgate.json;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A Rego set: distinct values, iterated in {@linkplain JsonValue#compare Rego's order}. Written to
 * JSON as a sorted array. Never part of a document read from the wire.
 */
public final class JsonSet implements JsonValue, Iterable<JsonValue> {
  /** The empty set. */
  public static final JsonSet EMPTY = new JsonSet(new JsonValue[0], HashIndex.NONE);

  private final JsonValue[] items;
  private final HashIndex index;
  private volatile JsonValue @Nullable [] sorted;
  private int hash;
  private int weight;

  private JsonSet(JsonValue[] items, HashIndex index) {
    this.items = items;
    this.index = index;
  }

  /** A set of these items; equal ones are taken once. */
  public static JsonSet of(JsonValue... items) {
    return copyOf(Arrays.asList(items));
  }

  /** A set of these items; equal ones are taken once. */
  public static JsonSet copyOf(Collection<? extends JsonValue> items) {
    if (items.isEmpty()) {
      return EMPTY;
    }
    Builder b = new Builder(items.size());
    for (JsonValue v : items) {
      b.add(v);
    }
    return b.build();
  }

  /** A builder for a set of unknown size. */
  public static Builder builder() {
    return new Builder(8);
  }

  /** How many values. */
  public int size() {
    return items.length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return items.length == 0;
  }

  /** Whether an equal value is in the set. */
  public boolean contains(JsonValue value) {
    return index.find(items, 0, items.length, value) >= 0;
  }

  /** The value at a position of the sorted order. */
  public JsonValue get(int position) {
    return sorted()[position];
  }

  /** The values in Rego's order. */
  @Override
  public Iterator<JsonValue> iterator() {
    return new JsonArray.ArrayIterator(sorted(), items.length);
  }

  /** The values in Rego's order, as an array. */
  public JsonArray toArray() {
    return JsonArray.wrap(sorted(), items.length);
  }

  /**
   * Puts the values in order now, as whatever iterates does for the first time.
   *
   * @param charge told of each comparison, see {@link JsonValue#comparing}; may end the work by an
   *     exception, which leaves the set as it was
   */
  public void sort(LongConsumer charge) {
    if (sorted == null) {
      sorted(JsonValue.comparing(charge));
    }
  }

  private JsonValue[] sorted() {
    JsonValue[] s = sorted;
    return s == null ? sorted(JsonValue::compare) : s;
  }

  private JsonValue[] sorted(Comparator<JsonValue> order) {
    JsonValue[] s = items.clone();
    Arrays.sort(s, order);
    sorted = s;
    return s;
  }

  @Override
  public int typeOrder() {
    return 6;
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = 7;
      for (JsonValue item : items) {
        h += HashIndex.spread(item.hashCode());
      }
      hash = h;
    }
    return h;
  }

  @Override
  public int weight() {
    if (weight == 0) {
      weight = Weights.of(items);
    }
    return weight;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof JsonSet s) || s.size() != size() || s.hashCode() != hashCode()) {
      return false;
    }
    for (JsonValue item : items) {
      if (!s.contains(item)) {
        return false;
      }
    }
    return true;
  }

  /** The set as Rego writes it, {@code {1, 2}}; the empty one is {@code set()}. */
  @Override
  public String toString() {
    return RegoText.of(this);
  }

  /**
   * Collects the values of a set. Not thread-safe. Goes on after {@link #build}, which no later
   * change touches.
   */
  public static final class Builder {
    private @Nullable JsonValue[] items;
    private HashIndex index;
    private int size;
    private boolean shared;

    private Builder(int expected) {
      items = new JsonValue[Math.max(4, expected)];
      index = HashIndex.withCapacity(expected);
    }

    /** Adds a value; false when an equal one was there already. */
    public boolean add(JsonValue value) {
      if (index.find(items, 0, size, value) >= 0) {
        return false;
      }
      if (shared) {
        items = Arrays.copyOf(items, size + 4);
        index = HashIndex.of(items, size);
        shared = false;
      }
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
      }
      items[size] = Objects.requireNonNull(value);
      size++;
      index = index.with(items, 0, size);
      return true;
    }

    /** Whether an equal value was added. */
    public boolean contains(JsonValue value) {
      return index.find(items, 0, size, value) >= 0;
    }

    /** How many distinct values were added. */
    public int size() {
      return size;
    }

    /** The set. */
    @SuppressWarnings("NullAway") // all places below the size are filled
    public JsonSet build() {
      if (size == 0) {
        return EMPTY;
      }
      shared = true;
      return new JsonSet(items.length == size ? items : Arrays.copyOf(items, size), index);
    }
  }
}
