package app.intentgate.policy.replay;

/**
 * How many calls would come out how.
 *
 * @param evaluated how many were evaluated
 * @param allow how many would be allowed
 * @param block how many would be blocked
 * @param escalate how many would wait for a person
 * @param error for how many there would be no decision
 * @param allowToBlock allowed then, blocked now; the others accordingly
 */
public record DryRunSummary(
    long evaluated,
    long allow,
    long block,
    long escalate,
    long error,
    long allowToBlock,
    long allowToEscalate,
    long blockToAllow,
    long blockToEscalate,
    long escalateToAllow,
    long escalateToBlock) {
  /** Whether no call would come out otherwise. */
  boolean changesNothing() {
    return allowToBlock
            + allowToEscalate
            + blockToAllow
            + blockToEscalate
            + escalateToAllow
            + escalateToBlock
        == 0;
  }
}
