package app.intentgate.rego.testing;

import app.intentgate.rego.testing.TestResult.Outcome;
import app.intentgate.rego.trace.CoverageReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of all tests.
 *
 * @param results in the order of the files and of the rules in them
 * @param coverage the rows that the tests came to, or null when that was not asked for
 */
public record TestReport(List<TestResult> results, @Nullable CoverageReport coverage) {
  /** Copies the list. */
  public TestReport {
    results = List.copyOf(results);
  }

  /** How many tests ended so. */
  public int count(Outcome outcome) {
    return (int) results.stream().filter(r -> r.outcome() == outcome).count();
  }

  /** Whether no test failed or ended without an answer. */
  public boolean ok() {
    return count(Outcome.FAIL) + count(Outcome.ERROR) == 0;
  }
}
