package app.intentgate.rego.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions a policy may call besides its own. A name that is not here fails compilation:
 * {@code undefined function}. Immutable and thread-safe.
 */
public final class BuiltinRegistry {
  private final Map<String, Entry> entries;
  private final Map<String, String> infix;

  private record Entry(
      BuiltinSignature signature, @Nullable Builtin function, @Nullable RelationBuiltin relation) {}

  private BuiltinRegistry(Builder builder) {
    entries = Map.copyOf(builder.entries);
    Map<String, String> operators = new LinkedHashMap<>();
    for (Entry e : entries.values()) {
      String operator = e.signature.infix();
      if (operator != null && !operator.equals("in")) {
        operators.put(operator, e.signature.name());
      }
    }
    infix = Map.copyOf(operators);
  }

  /** A registry without functions. */
  public static BuiltinRegistry empty() {
    return new Builder().build();
  }

  /** A builder without functions. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with the functions of this registry. */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.entries.putAll(entries);
    return b;
  }

  /** The names of all functions. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** The signature of a function, or null when there is none of that name. */
  public @Nullable BuiltinSignature signature(String name) {
    Entry e = entries.get(name);
    return e == null ? null : e.signature;
  }

  /**
   * The function of a name; null when there is none, when it is a {@linkplain #relation relation},
   * or when the compiler rewrites its calls away ({@code print}).
   */
  public @Nullable Builtin function(String name) {
    Entry e = entries.get(name);
    return e == null ? null : e.function;
  }

  /** The relation of a name, or null when there is none. */
  public @Nullable RelationBuiltin relation(String name) {
    Entry e = entries.get(name);
    return e == null ? null : e.relation;
  }

  /**
   * The name of the function that an operator calls ({@code +} calls {@code plus}), or null. {@code
   * in} is not among them: it is {@code internal.member_2} or {@code internal.member_3}.
   */
  public @Nullable String nameOfOperator(String operator) {
    return infix.get(operator);
  }

  /** Collects functions. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a function; one of the same name is replaced. */
    public Builder add(BuiltinSignature signature, Builtin function) {
      entries.put(signature.name(), new Entry(signature, function, null));
      return this;
    }

    /** Adds a pure function by the {@linkplain BuiltinSignature#parse text} of its signature. */
    public Builder add(String signature, Builtin function) {
      return add(BuiltinSignature.parse(signature), function);
    }

    /** Adds a relation; its signature gets that kind. */
    public Builder addRelation(BuiltinSignature signature, RelationBuiltin relation) {
      BuiltinSignature s = signature.withKind(BuiltinSignature.Kind.RELATION);
      entries.put(s.name(), new Entry(s, null, relation));
      return this;
    }

    /** Adds a name whose calls the compiler rewrites, so that nothing is ever called. */
    public Builder declare(BuiltinSignature signature) {
      entries.put(signature.name(), new Entry(signature, null, null));
      return this;
    }

    /** Adds all functions of another registry. */
    public Builder addAll(BuiltinRegistry other) {
      entries.putAll(other.entries);
      return this;
    }

    /** Takes a function away; a policy that calls it no longer compiles. */
    public Builder remove(String name) {
      entries.remove(name);
      return this;
    }

    /** The registry. */
    public BuiltinRegistry build() {
      return new BuiltinRegistry(this);
    }
  }
}
