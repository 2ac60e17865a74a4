package app.intentgate.policy.replay;

import java.util.List;

/**
 * What a dry run came to.
 *
 * @param summary the counts
 * @param samples calls that would come out otherwise, newest first; or every made-up input
 * @param warnings what to bear in mind when reading it
 * @param findings what speaks against the candidate, or for looking again
 * @param tested whether any recorded call was evaluated
 */
public record DryRunReport(
    DryRunSummary summary,
    List<DryRunSample> samples,
    List<String> warnings,
    List<SafetyFinding> findings,
    boolean tested) {
  /** Copies the lists. */
  public DryRunReport {
    samples = List.copyOf(samples);
    warnings = List.copyOf(warnings);
    findings = List.copyOf(findings);
  }

  /** Whether some finding says that the candidate should not come into force as it is. */
  public boolean blocking() {
    return findings.stream().anyMatch(f -> f.severity().equals(SafetyFinding.CRITICAL));
  }
}
