package app.intentgate.rego.compile.program;

import app.intentgate.rego.ast.Body;
import java.util.Map;

/**
 * A query after all compiler passes; what {@link Program} says of bodies holds for its body.
 * Immutable and thread-safe.
 *
 * <p>The variables of the query keep their own names where they are neither assigned nor declared;
 * assigned and declared ones are renamed ({@code __localq3__}), and {@link #sourceNames} has what
 * was written. Other generated variables and wildcards are no part of an answer.
 *
 * @param body the body, in an order that is safe from left to right
 * @param sourceNames the name as written of each renamed variable
 */
public record CompiledQuery(Body body, Map<String, String> sourceNames) {
  /** Copies the map. */
  public CompiledQuery {
    sourceNames = Map.copyOf(sourceNames);
  }
}
