package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.Objects;

/**
 * {@code [head | body]}.
 *
 * @param head what is collected
 * @param body for each solution of this
 * @param location where it starts
 */
public record ArrayComprehension(Term head, Body body, Location location) implements Term {

  @Override
  public ArrayComprehension at(Location newLocation) {
    return new ArrayComprehension(head, body, newLocation);
  }

  @Override
  public boolean isGround() {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrayComprehension o && head.equals(o.head) && body.equals(o.body);
  }

  @Override
  public int hashCode() {
    return Objects.hash(head, body);
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
