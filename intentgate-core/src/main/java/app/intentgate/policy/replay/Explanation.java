package app.intentgate.policy.replay;

import java.util.List;

/**
 * Why a policy decides as it does.
 *
 * @param rule the rule that gave the decision: {@code decision}, {@code default decision}, or empty
 *     when none did
 * @param row where that rule starts, 0 when none did
 * @param col the column
 * @param failed the expressions that did not hold, in the order of the source
 */
public record Explanation(String rule, int row, int col, List<Failed> failed) {
  /** Copies the list. */
  public Explanation {
    failed = List.copyOf(failed);
  }

  /**
   * An expression that did not hold.
   *
   * @param row where it starts
   * @param col the column
   * @param expression its text
   */
  public record Failed(int row, int col, String expression) {}
}
