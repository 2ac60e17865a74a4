package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.List;

/**
 * An array.
 *
 * @param elements the elements
 * @param location where it starts
 */
public record ArrayTerm(List<Term> elements, Location location) implements Term {
  /** Copies the elements. */
  public ArrayTerm {
    elements = List.copyOf(elements);
  }

  @Override
  public ArrayTerm at(Location newLocation) {
    return new ArrayTerm(elements, newLocation);
  }

  @Override
  public boolean isGround() {
    return elements.stream().allMatch(Term::isGround);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrayTerm o && elements.equals(o.elements);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
