package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;

/**
 * A variable, or the name of a rule, function, import, {@code input} or {@code data}, before
 * references are resolved. Each {@code _} of a source is a variable of its own, named {@code $0},
 * {@code $1} and so on.
 *
 * @param name the name
 * @param location where it was written
 */
public record Var(String name, Location location) implements Term {
  /** What the names of wildcards start with. */
  public static final String WILDCARD_PREFIX = "$";

  /** Whether it was written as {@code _}. */
  public boolean isWildcard() {
    return name.startsWith(WILDCARD_PREFIX);
  }

  /** Whether a compiler pass made it. */
  public boolean isGenerated() {
    return name.startsWith("__local");
  }

  @Override
  public Var at(Location newLocation) {
    return new Var(name, newLocation);
  }

  @Override
  public boolean isGround() {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Var o && name.equals(o.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
