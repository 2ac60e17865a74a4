package app.intentgate.json;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * An object. Members keep the order they were given in ({@link #keyAt}, {@link #valueAt}); {@link
 * #sortedPosition} gives Rego's order. Keys are strings in every document read from the wire; Rego
 * also builds objects with other keys.
 */
public final class JsonObject implements JsonValue {
  /** The empty object. */
  public static final JsonObject EMPTY =
      new JsonObject(new JsonValue[0], new JsonValue[0], HashIndex.NONE, true);

  private final JsonValue[] keys;
  private final JsonValue[] values;
  private final HashIndex index;
  private final boolean stringKeys;
  private volatile int @Nullable [] sorted;
  private int hash;
  private int weight;

  private JsonObject(JsonValue[] keys, JsonValue[] values, HashIndex index, boolean stringKeys) {
    this.keys = keys;
    this.values = values;
    this.index = index;
    this.stringKeys = stringKeys;
  }

  /** An object over arrays that never change afterwards; all keys are strings. */
  static JsonObject wrap(JsonValue[] names, JsonValue[] values, HashIndex index) {
    return new JsonObject(names, values, index, true);
  }

  /** A builder; a member set twice keeps its first place and takes the last value. */
  public static Builder builder() {
    return new Builder(8);
  }

  /** A builder with room for so many members. */
  public static Builder builder(int expectedMembers) {
    return new Builder(expectedMembers);
  }

  /** An object with one member. */
  public static JsonObject of(String key, JsonValue value) {
    return builder(1).put(key, value).build();
  }

  /** An object with two members, in this order. */
  public static JsonObject of(String key1, JsonValue value1, String key2, JsonValue value2) {
    return builder(2).put(key1, value1).put(key2, value2).build();
  }

  /** An object of a map's entries, in the map's order. */
  public static JsonObject copyOf(Map<String, ? extends JsonValue> members) {
    Builder b = builder(members.size());
    members.forEach(b::put);
    return b.build();
  }

  /** How many members. */
  public int size() {
    return keys.length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return keys.length == 0;
  }

  /** The value of a member, or null when there is none of that name. */
  public @Nullable JsonValue get(String key) {
    if (keys.length <= 8) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] instanceof JsonString s && s.value().equals(key)) {
          return values[i];
        }
      }
      return null;
    }
    return get(JsonString.of(key));
  }

  /** The value under a key, or null when there is none. */
  public @Nullable JsonValue get(JsonValue key) {
    int at = index.find(keys, 0, keys.length, key);
    return at < 0 ? null : values[at];
  }

  /** Whether there is a member of that key. */
  public boolean containsKey(JsonValue key) {
    return index.find(keys, 0, keys.length, key) >= 0;
  }

  /** The key of the member at a position, counted in the order the members were given in. */
  public JsonValue keyAt(int position) {
    return keys[position];
  }

  /**
   * The name of the member at a position.
   *
   * @throws ClassCastException when that key is no string, which only Rego can make
   */
  public String nameAt(int position) {
    return ((JsonString) keys[position]).value();
  }

  /**
   * The names in the order the members were given in, as a list that holds on to none of their
   * values. Unmodifiable.
   *
   * @throws ClassCastException when a key is no string, as soon as that name is read
   */
  public List<String> names() {
    return new Names(keys);
  }

  private static final class Names extends AbstractList<String> implements RandomAccess {
    private final JsonValue[] keys;

    Names(JsonValue[] keys) {
      this.keys = keys;
    }

    @Override
    public String get(int index) {
      return ((JsonString) keys[index]).value();
    }

    @Override
    public int size() {
      return keys.length;
    }
  }

  /** The value of the member at a position, counted in the order the members were given in. */
  public JsonValue valueAt(int position) {
    return values[position];
  }

  /**
   * The position of the member that comes at a rank in Rego's order of keys: {@code
   * keyAt(sortedPosition(0))} is the smallest key.
   */
  public int sortedPosition(int rank) {
    int[] s = sorted;
    if (s == null) {
      s = sortedPositions();
      sorted = s;
    }
    return s[rank];
  }

  private int[] sortedPositions() {
    Integer[] order = new Integer[keys.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> JsonValue.compare(keys[a], keys[b]));
    int[] positions = new int[order.length];
    Arrays.setAll(positions, i -> order[i]);
    return positions;
  }

  /** A builder that starts with this object's members. */
  public Builder toBuilder() {
    Builder b = new Builder(keys.length + 1);
    for (int i = 0; i < keys.length; i++) {
      b.put(keys[i], values[i]);
    }
    return b;
  }

  @Override
  public int typeOrder() {
    return 5;
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = 3;
      for (int i = 0; i < keys.length; i++) {
        h += HashIndex.spread(31 * keys[i].hashCode() + values[i].hashCode());
      }
      hash = h;
    }
    return h;
  }

  @Override
  public int weight() {
    if (weight == 0) {
      weight = Weights.sum(Weights.of(keys), Weights.of(values));
    }
    return weight;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof JsonObject o) || o.size() != size() || o.hashCode() != hashCode()) {
      return false;
    }
    for (int i = 0; i < keys.length; i++) {
      JsonValue theirs = o.get(keys[i]);
      if (theirs == null || !theirs.equals(values[i])) {
        return false;
      }
    }
    return true;
  }

  /** The value as JSON text, members in their own order. */
  @Override
  public String toString() {
    return stringKeys ? JsonWriter.toText(this) : RegoText.of(this);
  }

  /**
   * Collects the members of an object. Not thread-safe. Goes on after {@link #build}, which no
   * later change touches.
   */
  public static final class Builder {
    private @Nullable JsonValue[] keys;
    private @Nullable JsonValue[] values;
    private HashIndex index;
    private int size;
    private boolean stringKeys = true;
    private boolean shared;

    private Builder(int expected) {
      int capacity = Math.max(4, expected);
      keys = new JsonValue[capacity];
      values = new JsonValue[capacity];
      index = HashIndex.withCapacity(expected);
    }

    /** Sets a member. */
    public Builder put(String key, JsonValue value) {
      return put(JsonString.of(key), value);
    }

    /** Sets a member to a string. */
    public Builder put(String key, String value) {
      return put(JsonString.of(key), JsonString.of(value));
    }

    /** Sets a member to a whole number. */
    public Builder put(String key, long value) {
      return put(JsonString.of(key), JsonNumber.of(value));
    }

    /** Sets a member to true or false. */
    public Builder put(String key, boolean value) {
      return put(JsonString.of(key), JsonValue.of(value));
    }

    /** Sets a member; a key that was there keeps its place and takes the new value. */
    public Builder put(JsonValue key, JsonValue value) {
      int at = index.find(keys, 0, size, key);
      if (at >= 0) {
        own();
        values[at] = Objects.requireNonNull(value);
      } else {
        append(key, value);
      }
      return this;
    }

    /** Adds a member; false, and nothing changes, when the key is there already. */
    public boolean putIfAbsent(JsonValue key, JsonValue value) {
      if (index.find(keys, 0, size, key) >= 0) {
        return false;
      }
      append(key, value);
      return true;
    }

    private void append(JsonValue key, JsonValue value) {
      own();
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      keys[size] = Objects.requireNonNull(key);
      values[size] = Objects.requireNonNull(value);
      size++;
      index = index.with(keys, 0, size);
      stringKeys &= key instanceof JsonString;
    }

    /** Makes the arrays this builder's own again after an object took them. */
    private void own() {
      if (shared) {
        keys = Arrays.copyOf(keys, size + 4);
        values = Arrays.copyOf(values, size + 4);
        index = HashIndex.of(keys, size);
        shared = false;
      }
    }

    /** The value set under a key so far, or null. */
    public @Nullable JsonValue get(JsonValue key) {
      int at = index.find(keys, 0, size, key);
      return at < 0 ? null : values[at];
    }

    /** How many members were set. */
    public int size() {
      return size;
    }

    /** The object. */
    @SuppressWarnings("NullAway") // all places below the size are filled
    public JsonObject build() {
      if (size == 0) {
        return EMPTY;
      }
      shared = true;
      boolean exact = keys.length == size;
      return new JsonObject(
          exact ? keys : Arrays.copyOf(keys, size),
          exact ? values : Arrays.copyOf(values, size),
          index,
          stringKeys);
    }
  }
}
