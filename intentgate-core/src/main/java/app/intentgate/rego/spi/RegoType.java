package app.intentgate.rego.spi;

import app.intentgate.json.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A static type of a Rego term, as far as signatures of functions and a conservative type checker
 * need it. Immutable.
 */
public sealed interface RegoType {
  /** Every value. */
  RegoType ANY = new Union(List.of());

  /** The types without parts. */
  enum Scalar implements RegoType {
    /** {@code null}. */
    NULL,
    /** {@code true} and {@code false}. */
    BOOLEAN,
    /** Every number. */
    NUMBER,
    /** Every string. */
    STRING;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * An array.
   *
   * @param items the types of the first items, one each
   * @param rest the type of all items after those, or null when there are none
   */
  record Array(List<RegoType> items, @Nullable RegoType rest) implements RegoType {
    /** Copies the list. */
    public Array {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder("array");
      if (!items.isEmpty() || rest == null) {
        out.append(list(items));
      }
      return rest == null ? out.toString() : out.append('[').append(rest).append(']').toString();
    }
  }

  /**
   * An object.
   *
   * @param members the types under the keys that are known
   * @param key the type of all other keys, or null when there are none
   * @param value the type under all other keys, or null when there are none
   */
  record Obj(Map<JsonValue, RegoType> members, @Nullable RegoType key, @Nullable RegoType value)
      implements RegoType {
    /** Copies the map; the keys come in Rego's order. */
    public Obj {
      Map<JsonValue, RegoType> sorted = new TreeMap<>(JsonValue::compare);
      sorted.putAll(members);
      members = Collections.unmodifiableMap(sorted);
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder("object");
      if (!members.isEmpty() || key == null) {
        out.append(
            members.entrySet().stream()
                .map(m -> text(m.getKey()) + ": " + m.getValue())
                .collect(Collectors.joining(", ", "<", ">")));
      }
      if (key != null) {
        out.append('[').append(key).append(": ").append(value).append(']');
      }
      return out.toString();
    }

    private static String text(JsonValue key) {
      String name = key.asText();
      return name == null ? key.toString() : name;
    }
  }

  /**
   * A set.
   *
   * @param of the type of its values
   */
  record Set(RegoType of) implements RegoType {
    @Override
    public String toString() {
      return "set[" + of + "]";
    }
  }

  /**
   * A value of one of several types; of any type when the list is empty.
   *
   * @param of the types
   */
  record Union(List<RegoType> of) implements RegoType {
    /** Copies the list; unions of the same types are equal, and list them in OPA's order. */
    public Union {
      of = of.stream().sorted(TypeOrder.INSTANCE).toList();
    }

    @Override
    public String toString() {
      return of.isEmpty() ? "any" : "any" + list(of);
    }
  }

  /**
   * A function of the policy.
   *
   * @param arguments the types of its arguments
   * @param result the type of its result
   */
  record Function(List<RegoType> arguments, RegoType result) implements RegoType {
    /** Copies the list. */
    public Function {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
      return arguments.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"))
          + " => "
          + result;
    }
  }

  /** An array of any length. */
  static RegoType arrayOf(RegoType item) {
    return new Array(List.of(), item);
  }

  /** An object with any keys of one type. */
  static RegoType objectOf(RegoType key, RegoType value) {
    return new Obj(Map.of(), key, value);
  }

  /** A set of values of one type. */
  static RegoType setOf(RegoType item) {
    return new Set(item);
  }

  /** One of several types. */
  static RegoType oneOf(RegoType... types) {
    return new Union(List.of(types));
  }

  private static String list(List<RegoType> types) {
    return types.stream().map(Object::toString).collect(Collectors.joining(", ", "<", ">"));
  }
}
