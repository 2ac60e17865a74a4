package app.intentgate.rego.regex;

/** Counts steps and tells the budget now and then. For one match, on one thread. */
final class Meter {
  private static final int REPORT_EVERY = 1024;

  private final StepBudget budget;
  private long pending;

  Meter(StepBudget budget) {
    this.budget = budget;
  }

  StepBudget budget() {
    return budget;
  }

  void add(long steps) {
    pending += steps;
    if (pending >= REPORT_EVERY) {
      report();
    }
  }

  /** Passes on what has not been told yet. */
  void report() {
    long steps = pending;
    pending = 0;
    if (steps > 0) {
      budget.spend(steps);
    }
  }
}
