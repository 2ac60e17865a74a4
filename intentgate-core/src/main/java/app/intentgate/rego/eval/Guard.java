package app.intentgate.rego.eval;

/**
 * A part of a body that has at most one solution: a test, an assignment, a pattern. Immutable. A
 * guard that holds may have set slots of the frame.
 */
public abstract class Guard {
  /** For the guards of this package. */
  protected Guard() {}

  /** Whether it holds. */
  public abstract boolean holds(EvalContext c, int base);
}
