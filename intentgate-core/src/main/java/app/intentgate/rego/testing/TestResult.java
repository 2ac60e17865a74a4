package app.intentgate.rego.testing;

import app.intentgate.rego.TestRule;
import app.intentgate.rego.spi.RegoError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a test.
 *
 * @param test which one
 * @param outcome how it ended
 * @param nanos how long it took
 * @param error why it did not end, for {@link Outcome#ERROR}
 * @param cases its cases, empty when it has none
 * @param output the lines it printed
 * @param trace why it failed, as a tree of rules and expressions; empty when not asked for
 */
public record TestResult(
    TestRule test,
    Outcome outcome,
    long nanos,
    @Nullable RegoError error,
    List<CaseResult> cases,
    List<String> output,
    String trace) {
  /** Copies the lists. */
  public TestResult {
    cases = List.copyOf(cases);
    output = List.copyOf(output);
  }

  /** How a test ends. */
  public enum Outcome {
    /** Its value is true; of a test with cases, every case's is. */
    PASS,
    /** Its value is undefined or something else than true. */
    FAIL,
    /** Its evaluation ended without an answer. */
    ERROR,
    /** It is named {@code todo_test_…} and was not run. */
    SKIPPED
  }

  /** The test's name from {@code data} on. */
  public String fullName() {
    return test.packagePath() + "." + test.name();
  }

  TestResult explained(String newTrace) {
    return new TestResult(test, outcome, nanos, error, cases, output, newTrace);
  }
}
