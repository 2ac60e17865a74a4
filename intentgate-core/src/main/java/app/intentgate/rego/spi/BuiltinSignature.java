package app.intentgate.rego.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler knows of a function that is not written in Rego. Immutable.
 *
 * @param name the name as policies write it, {@code json.unmarshal}
 * @param arguments the types of the arguments; their number is the arity
 * @param variadic the type of any further arguments, or null when there are none (only {@code
 *     print} has them)
 * @param result the type of the result; null for a function without one
 * @param kind whether the same arguments always give the same result, or give several
 * @param infix the operator that writes a call of it, or null
 * @param deprecated whether Rego v1 and strict mode refuse calls of it
 */
public record BuiltinSignature(
    String name,
    List<RegoType> arguments,
    @Nullable RegoType variadic,
    @Nullable RegoType result,
    Kind kind,
    @Nullable String infix,
    boolean deprecated) {

  /** How results depend on arguments. */
  public enum Kind {
    /** The same arguments give the same result, and nothing else happens. */
    PURE,
    /** Depends on the clock, on chance or on the environment, or has an effect. */
    NONDETERMINISTIC,
    /** Pure, and gives several results for one call: {@code walk}. */
    RELATION
  }

  /** Copies the list. */
  public BuiltinSignature {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads a signature from its short text, {@code concat(string, array[string] | set[string]):
   * string}. Types are {@code any}, {@code null}, {@code boolean}, {@code number}, {@code string},
   * {@code array[T]} (any length), {@code array<T, U>} (fixed), {@code object[K: V]}, {@code
   * object<name: T>[K: V]}, {@code set[T]}, and several joined by {@code |}; {@code ...} after the
   * last argument makes it variadic; a function without a result has no colon.
   *
   * @throws IllegalArgumentException when the text is no signature
   */
  public static BuiltinSignature parse(String text) {
    return new SignatureText(text).signature();
  }

  /** How many arguments a call has, not counting variadic ones. */
  public int arity() {
    return arguments.size();
  }

  /** Whether one call may give several results. */
  public boolean isRelation() {
    return kind == Kind.RELATION;
  }

  /** Whether the same arguments always give the same results. */
  public boolean isPure() {
    return kind != Kind.NONDETERMINISTIC;
  }

  /** The type of the function as a whole. */
  public RegoType type() {
    return new RegoType.Function(arguments, result == null ? RegoType.ANY : result);
  }

  /** The same signature for another kind of function. */
  public BuiltinSignature withKind(Kind other) {
    return new BuiltinSignature(name, arguments, variadic, result, other, infix, deprecated);
  }

  /** The same signature, also written as this operator. */
  public BuiltinSignature withInfix(String operator) {
    return new BuiltinSignature(name, arguments, variadic, result, kind, operator, deprecated);
  }

  /** The same signature, marked as deprecated. */
  public BuiltinSignature asDeprecated() {
    return new BuiltinSignature(name, arguments, variadic, result, kind, infix, true);
  }
}
