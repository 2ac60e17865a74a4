package app.intentgate.rego.testing;

import app.intentgate.rego.regex.Regex;
import app.intentgate.rego.regex.RegexSyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How to run tests. Immutable. */
public final class TestOptions {
  private static final TestOptions DEFAULTS =
      new TestOptions(null, Duration.ofSeconds(5), 1, false, false);

  private final @Nullable Regex filter;
  private final Duration timeout;
  private final int threads;
  private final boolean explain;
  private final boolean coverage;

  private TestOptions(
      @Nullable Regex filter, Duration timeout, int threads, boolean explain, boolean coverage) {
    this.filter = filter;
    this.timeout = timeout;
    this.threads = threads;
    this.explain = explain;
    this.coverage = coverage;
  }

  /** All tests, five seconds for each, one after the other, without traces. */
  public static TestOptions ofDefaults() {
    return DEFAULTS;
  }

  /**
   * Only the tests in whose full name, {@code data.authz_test.test_x}, a pattern is found.
   *
   * @param pattern a regular expression in RE2's syntax; empty for all
   * @throws IllegalArgumentException when it is none
   */
  public TestOptions matching(String pattern) {
    try {
      Regex regex = pattern.isEmpty() ? null : Regex.compile(pattern);
      return new TestOptions(regex, timeout, threads, explain, coverage);
    } catch (RegexSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** So much time for each test. */
  public TestOptions withTimeout(Duration limit) {
    return new TestOptions(filter, limit, threads, explain, coverage);
  }

  /** So many tests at a time. */
  public TestOptions withThreads(int count) {
    return new TestOptions(filter, timeout, Math.max(1, count), explain, coverage);
  }

  /** Runs a test that failed again, to trace why. */
  public TestOptions explainingFailures() {
    return new TestOptions(filter, timeout, threads, true, coverage);
  }

  /** Counts the rows that the tests come to. */
  public TestOptions withCoverage() {
    return new TestOptions(filter, timeout, threads, explain, true);
  }

  Duration timeout() {
    return timeout;
  }

  int threads() {
    return threads;
  }

  boolean explain() {
    return explain;
  }

  boolean coverage() {
    return coverage;
  }

  boolean selects(String fullName) {
    return filter == null || filter.matches(fullName);
  }
}
