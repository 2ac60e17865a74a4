package app.intentgate.rego.regex;

/**
 * Told how much work a match has done, so that a caller can bound it. Work is linear in the text,
 * but pattern size times text size may still be more than a caller wants to pay.
 */
@FunctionalInterface
public interface StepBudget {
  /** Does not bound anything. */
  StepBudget UNLIMITED = steps -> {};

  /**
   * Called about every thousand elementary steps, and at the end of a match.
   *
   * @param steps the steps done since the last call
   * @throws RuntimeException of the caller's choice, to stop; it reaches whoever asked for the
   *     match
   */
  void spend(long steps);
}
