package app.intentgate.rego.trace;

import app.intentgate.rego.spi.Location;

/**
 * A part of the sources that evaluation comes to. Two events about the same part have the same spot
 * object.
 *
 * @param kind what it is
 * @param text the path of a rule, the source text of an expression, else empty
 * @param location where it starts
 * @param generated whether the compiler made it out of a part of an expression: a call within it,
 *     for example
 */
public record Spot(Kind kind, String text, Location location, boolean generated) {
  /** Kinds of parts. */
  public enum Kind {
    /** A query as a whole. */
    QUERY,
    /** All rules of one path. */
    RULES,
    /** A rule, or a branch of an {@code else} chain. */
    RULE,
    /** The body of a comprehension, of {@code every} or of a {@code not} block. */
    BODY,
    /** An expression of a body. */
    EXPRESSION
  }
}
