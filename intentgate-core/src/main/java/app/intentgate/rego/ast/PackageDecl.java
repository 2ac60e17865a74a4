package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;

/**
 * The package of a module.
 *
 * @param path the full path, starting with {@code data}; the rest are strings
 * @param location where it was written
 */
public record PackageDecl(Ref path, Location location) implements Node {
  @Override
  public boolean equals(Object other) {
    return other instanceof PackageDecl o && path.equals(o.path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }
}
