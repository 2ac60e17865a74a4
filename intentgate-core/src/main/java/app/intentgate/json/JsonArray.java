package app.intentgate.json;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** An array. Iteration is in order; {@code for (JsonValue v : array)} works. */
public final class JsonArray implements JsonValue, Iterable<JsonValue> {
  /** The empty array. */
  public static final JsonArray EMPTY = new JsonArray(new JsonValue[0]);

  private final JsonValue[] items;
  private int hash;
  private int weight;

  private JsonArray(JsonValue[] items) {
    this.items = items;
  }

  /** An array of these items, copied. */
  public static JsonArray of(JsonValue... items) {
    return items.length == 0 ? EMPTY : new JsonArray(items.clone());
  }

  /** An array of these items, copied. */
  public static JsonArray copyOf(Collection<? extends JsonValue> items) {
    return items.isEmpty() ? EMPTY : new JsonArray(items.toArray(new JsonValue[0]));
  }

  /** A builder for an array of unknown length. */
  public static Builder builder() {
    return new Builder(8);
  }

  /** A builder with room for so many items. */
  public static Builder builder(int expectedItems) {
    return new Builder(expectedItems);
  }

  /** An array over the first {@code size} items, which must never change afterwards. */
  static JsonArray wrap(JsonValue[] items, int size) {
    if (size == 0) {
      return EMPTY;
    }
    return new JsonArray(items.length == size ? items : Arrays.copyOf(items, size));
  }

  /** How many items. */
  public int size() {
    return items.length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return items.length == 0;
  }

  /**
   * The item at an index.
   *
   * @throws IndexOutOfBoundsException outside 0..size-1
   */
  public JsonValue get(int index) {
    return items[index];
  }

  @Override
  public Iterator<JsonValue> iterator() {
    return new ArrayIterator(items, items.length);
  }

  @Override
  public int typeOrder() {
    return 4;
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = 1;
      for (JsonValue item : items) {
        h = 31 * h + item.hashCode();
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
    return other instanceof JsonArray a
        && a.items.length == items.length
        && a.hashCode() == hashCode()
        && Arrays.equals(items, a.items);
  }

  /** The value as JSON text. */
  @Override
  public String toString() {
    return JsonWriter.toText(this);
  }

  /** Iterates over the first {@code size} items of an array that no longer changes. */
  static final class ArrayIterator implements Iterator<JsonValue> {
    private final JsonValue[] items;
    private final int size;
    private int next;

    ArrayIterator(JsonValue[] items, int size) {
      this.items = items;
      this.size = size;
    }

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public JsonValue next() {
      if (next >= size) {
        throw new NoSuchElementException();
      }
      return items[next++];
    }
  }

  /** Collects the items of an array. Not thread-safe; usable once. */
  public static final class Builder {
    private JsonValue[] items;
    private int size;

    private Builder(int expected) {
      items = new JsonValue[Math.max(1, expected)];
    }

    /** Adds an item at the end. */
    public Builder add(JsonValue item) {
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
      }
      items[size++] = item;
      return this;
    }

    /** How many items were added. */
    public int size() {
      return size;
    }

    /** The array. */
    public JsonArray build() {
      return wrap(items, size);
    }
  }
}
