package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;

/**
 * A ref as a term.
 *
 * @param ref the path
 * @param location where it starts
 */
public record RefTerm(Ref ref, Location location) implements Term {

  @Override
  public RefTerm at(Location newLocation) {
    return new RefTerm(ref, newLocation);
  }

  @Override
  public boolean isGround() {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RefTerm o && ref.equals(o.ref);
  }

  @Override
  public int hashCode() {
    return ref.hashCode();
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
