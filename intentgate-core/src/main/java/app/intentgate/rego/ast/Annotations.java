package app.intentgate.rego.ast;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.spi.Location;

/**
 * One {@code # METADATA} block.
 *
 * @param scope what it applies to
 * @param entrypoint whether its target is an entry point
 * @param fields everything it says, in the shape of {@code rego.metadata.rule()}: {@code scope},
 *     {@code title}, {@code description}, {@code organizations}, {@code related_resources}, {@code
 *     authors}, {@code schemas}, {@code entrypoint}, {@code custom} and so on
 * @param location where the block starts
 * @param target where the package or rule it applies to starts
 */
public record Annotations(
    Scope scope, boolean entrypoint, JsonObject fields, Location location, Location target)
    implements Node {
  /** What metadata applies to. */
  public enum Scope {
    /** The rule that follows. */
    RULE,
    /** All rules of the name that follows, in all files. */
    DOCUMENT,
    /** The package. */
    PACKAGE,
    /** The package and those below it. */
    SUBPACKAGES;

    /** As it is written. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Annotations o && scope == o.scope && fields.equals(o.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }
}
