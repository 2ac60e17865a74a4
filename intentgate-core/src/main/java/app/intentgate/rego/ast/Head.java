package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of a rule. {@code a.b[c].d := v} has the four-element {@link #ref} and the value; {@code
 * p contains x} has the ref {@code p} and the key {@code x}; {@code f(x) := y} has args.
 *
 * @param ref what the rule defines, relative to its package; the first element is a {@link Var}
 * @param args the parameters of a function; empty when it is none
 * @param key the element of a multi-value rule ({@code contains}), else null
 * @param value the value; null exactly for multi-value rules
 * @param assign whether the value was given with {@code :=}
 * @param generatedValue whether the value was left out in the source, and is therefore {@code true}
 * @param location where it starts
 */
public record Head(
    Ref ref,
    List<Term> args,
    @Nullable Term key,
    @Nullable Term value,
    boolean assign,
    boolean generatedValue,
    Location location)
    implements Node {
  /** Copies the arguments. */
  public Head {
    args = List.copyOf(args);
  }

  /** The name: the ref's first element. */
  public String name() {
    return ref.headName();
  }

  /** Whether the rule is a function. */
  public boolean isFunction() {
    return !args.isEmpty();
  }

  /** Whether the rule defines elements of a set. */
  public boolean isMultiValue() {
    return key != null;
  }

  /** The same head with another ref. */
  public Head withRef(Ref newRef) {
    return new Head(newRef, args, key, value, assign, generatedValue, location);
  }

  /** The same head with other parameters. */
  public Head withArgs(List<Term> newArgs) {
    return new Head(ref, newArgs, key, value, assign, generatedValue, location);
  }

  /** The same head with another key. */
  public Head withKey(@Nullable Term newKey) {
    return new Head(ref, args, newKey, value, assign, generatedValue, location);
  }

  /** The same head with another value. */
  public Head withValue(@Nullable Term newValue) {
    return new Head(ref, args, key, newValue, assign, generatedValue, location);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Head o
        && ref.equals(o.ref)
        && args.equals(o.args)
        && Objects.equals(key, o.key)
        && Objects.equals(value, o.value)
        && assign == o.assign;
  }

  @Override
  public int hashCode() {
    return Objects.hash(ref, args, key, value, assign);
  }
}
