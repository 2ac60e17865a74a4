package app.intentgate.rego.plan;

/**
 * How plans are made. None of it changes an answer.
 *
 * @param indexed whether rules are found by index
 * @param stopsEarly whether rules that give one value are tried until one does
 * @param remembers whether results of functions and lookups by key are remembered
 * @param observed whether plans tell an observer where they are
 */
public record PlanOptions(
    boolean indexed, boolean stopsEarly, boolean remembers, boolean observed) {
  private static final PlanOptions DEFAULTS = new PlanOptions(true, true, true, false);

  /** Everything that makes evaluation fast. */
  public static PlanOptions ofDefaults() {
    return DEFAULTS;
  }

  /** The same without an index. */
  public PlanOptions withoutIndex() {
    return new PlanOptions(false, stopsEarly, remembers, observed);
  }

  /** The same, trying all rules. */
  public PlanOptions withoutStopping() {
    return new PlanOptions(indexed, false, remembers, observed);
  }

  /** The same, computing everything again. */
  public PlanOptions withoutMemory() {
    return new PlanOptions(indexed, stopsEarly, false, observed);
  }

  /** The same, telling an observer. */
  public PlanOptions asObserved() {
    return new PlanOptions(indexed, stopsEarly, remembers, true);
  }
}
