package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.Objects;

/**
 * {@code {key: value | body}}.
 *
 * @param key the key of each member
 * @param value the value of each member
 * @param body for each solution of this
 * @param location where it starts
 */
public record ObjectComprehension(Term key, Term value, Body body, Location location)
    implements Term {

  @Override
  public ObjectComprehension at(Location newLocation) {
    return new ObjectComprehension(key, value, body, newLocation);
  }

  @Override
  public boolean isGround() {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectComprehension o
        && key.equals(o.key)
        && value.equals(o.value)
        && body.equals(o.body);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, value, body);
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
