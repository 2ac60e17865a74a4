package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;

/** A part of a Rego source that errors may point at. Equality of nodes ignores the location. */
public interface Node {
  /** Where the node was written; for a generated node, where what it comes from was written. */
  Location location();
}
