package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.Objects;

/**
 * {@code with target as value}.
 *
 * @param target what is replaced: a ref or a variable ({@code input})
 * @param value what stands in its place
 * @param location where the keyword is
 */
public record With(Term target, Term value, Location location) implements Node {
  @Override
  public boolean equals(Object other) {
    return other instanceof With o && target.equals(o.target) && value.equals(o.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(target, value);
  }
}
