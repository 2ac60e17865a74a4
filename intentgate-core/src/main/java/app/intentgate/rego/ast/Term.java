package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;

/**
 * A term. Equality is structural and ignores locations; two sets are equal whatever the order their
 * elements were written in.
 */
public sealed interface Term extends Node
    permits ScalarTerm,
        Var,
        RefTerm,
        CallTerm,
        ArrayTerm,
        ObjectTerm,
        SetTerm,
        ArrayComprehension,
        SetComprehension,
        ObjectComprehension,
        TemplateString {
  /** The same term written elsewhere. */
  Term at(Location newLocation);

  /**
   * Whether there is no variable, ref, call, comprehension or template in it: it is a value that is
   * known before evaluation.
   */
  boolean isGround();
}
