package app.intentgate.rego.eval;

/**
 * A body from one point on: whoever runs it runs what comes after, once per solution. Immutable.
 */
public abstract class Step {
  /** For the steps of this package. */
  protected Step() {}

  /**
   * Looks for solutions.
   *
   * @return true when no further solution is wanted, so that loops before this step stop
   */
  public abstract boolean run(EvalContext c, int base);
}
