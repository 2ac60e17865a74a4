package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A set. Equal elements are kept once, at the place of the first.
 *
 * @param elements the elements, in the order of the source
 * @param location where it starts
 */
public record SetTerm(List<Term> elements, Location location) implements Term {
  /** Copies the elements, without repeated ones. */
  public SetTerm {
    elements = List.copyOf(new LinkedHashSet<>(elements));
  }

  @Override
  public SetTerm at(Location newLocation) {
    return new SetTerm(elements, newLocation);
  }

  @Override
  public boolean isGround() {
    return elements.stream().allMatch(Term::isGround);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SetTerm o && new HashSet<>(elements).equals(new HashSet<>(o.elements));
  }

  @Override
  public int hashCode() {
    // One call per element: a HashSet's own would make two, and nesting doubles that each level.
    int hash = 0;
    for (Term t : elements) {
      hash += t.hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
