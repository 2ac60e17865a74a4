package app.intentgate.server.cli;

import app.intentgate.rego.spi.RegoError;
import app.intentgate.rego.testing.CaseResult;
import app.intentgate.rego.testing.TestReport;
import app.intentgate.rego.testing.TestResult;
import app.intentgate.rego.testing.TestResult.Outcome;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Prints results of tests for people, in the layout that {@code opa test} has. */
final class TestPrinter {
  private static final String LINE = "-".repeat(80);

  private final PrintWriter out;
  private final boolean verbose;

  TestPrinter(PrintWriter out, boolean verbose) {
    this.out = out;
    this.verbose = verbose;
  }

  void print(TestReport report) {
    List<TestResult> failures =
        report.results().stream().filter(r -> r.outcome() == Outcome.FAIL).toList();
    if (!failures.isEmpty()) {
      out.println("FAILURES");
      out.println(LINE);
      failures.forEach(this::failure);
      out.println("SUMMARY");
      out.println(LINE);
    }
    String file = "";
    for (TestResult result : report.results()) {
      if (verbose || result.outcome() != Outcome.PASS) {
        String here = result.test().location().file();
        if (!file.isEmpty() && !here.equals(file)) {
          out.println();
        }
        file = here;
        out.println(here + ":" + result.test().location().row() + ":");
        summary(result);
      }
    }
    if (!file.isEmpty()) {
      out.println(LINE);
    }
    counts(report);
    out.flush();
  }

  private void failure(TestResult result) {
    out.println(line(result));
    out.println();
    result.trace().lines().filter(l -> verbose || tells(l)).forEach(l -> out.println("  " + l));
    out.println();
  }

  /** Without {@code -v}, a trace is the rules tried and what failed in them. */
  private static boolean tells(String line) {
    return line.contains("  FAILS  ") || line.contains("  rule ");
  }

  private void summary(TestResult result) {
    out.println(line(result));
    RegoError error = result.error();
    if (error != null) {
      out.println("  " + error);
    }
    cases(result.cases(), "  ");
    if (!result.output().isEmpty()) {
      out.println();
      result.output().forEach(line -> out.println("  " + line));
      out.println();
    }
  }

  private void cases(List<CaseResult> cases, String indent) {
    for (CaseResult result : cases) {
      if (!verbose && result.passed()) {
        continue;
      }
      out.println(indent + result.name() + ": " + (result.passed() ? "PASS" : "FAIL"));
      cases(result.cases(), indent + "  ");
    }
  }

  private static String line(TestResult result) {
    String name = result.fullName() + ": " + result.outcome();
    return result.outcome() == Outcome.SKIPPED ? name : name + " (" + time(result.nanos()) + ")";
  }

  private void counts(TestReport report) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    report.results().forEach(r -> count(r, counts));
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    for (Outcome outcome : List.of(Outcome.PASS, Outcome.FAIL, Outcome.SKIPPED, Outcome.ERROR)) {
      int count = counts.getOrDefault(outcome, 0);
      if (count > 0) {
        out.println(outcome + ": " + count + "/" + all);
      }
    }
  }

  /** A test with cases counts as so many. */
  private static void count(TestResult result, Map<Outcome, Integer> counts) {
    if (result.cases().isEmpty() || result.outcome() == Outcome.ERROR) {
      counts.merge(result.outcome(), 1, Integer::sum);
    } else {
      result.cases().forEach(c -> count(c, counts));
    }
  }

  private static void count(CaseResult result, Map<Outcome, Integer> counts) {
    if (result.cases().isEmpty()) {
      counts.merge(result.passed() ? Outcome.PASS : Outcome.FAIL, 1, Integer::sum);
    } else {
      result.cases().forEach(c -> count(c, counts));
    }
  }

  /** A time as Go prints it. */
  static String time(long nanos) {
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    String[] units = {"\u00b5s", "ms", "s"};
    double value = nanos / 1_000d;
    int unit = 0;
    while (value >= 1_000 && unit < units.length - 1) {
      value /= 1_000;
      unit++;
    }
    String digits = String.format(Locale.ROOT, "%.6f", value);
    return Objects.requireNonNull(digits).replaceAll("\\.?0+$", "") + units[unit];
  }
}
