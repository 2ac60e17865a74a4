package app.intentgate.server.cli;

import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.load.RegoLoadException;
import app.intentgate.rego.testing.RegoTests;
import app.intentgate.rego.testing.TestOptions;
import app.intentgate.rego.testing.TestReport;
import app.intentgate.rego.testing.TestResult.Outcome;
import app.intentgate.rego.trace.CoverageReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the tests of policies. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Run the tests of policies: rules named test_..., each of which passes when it is true."
          + " todo_test_... is skipped. test_x[name] has cases, each with a result of its own."
          + " A rule of a test may call print.",
      "",
      "Exits with 0 when all passed; 2 when one failed, ended in an error or was skipped (see -z),"
          + " or the coverage is below --threshold; 1 when the policies cannot be loaded or do not"
          + " compile, no test was run (see --fail-on-empty), or one failed with --coverage."
    },
    footer = {
      "",
      "Examples:",
      "  intentgate policy test policies/",
      "  intentgate policy test -v -r 'payments.*refund' policies/",
      "  intentgate policy test --coverage --threshold 90 policies/",
      "  intentgate policy test --format json -b bundle.tar.gz"
    })
final class PolicyTestCommand implements Callable<Integer> {
  private static final int FAILED = 2;

  /** How results are printed. */
  enum ReportFormat {
    PRETTY,
    JSON
  }

  @Mixin private PolicyPaths paths;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "pretty|json",
      description = "how to print results")
  private ReportFormat format = ReportFormat.PRETTY;

  @Option(
      names = {"-v", "--verbose"},
      description = "show every test, and of those that failed the rules and expressions tried")
  private boolean verbose;

  @Option(
      names = {"-r", "--run"},
      paramLabel = "REGEX",
      description = "only tests in whose name, data.pkg.test_x, this is found (RE2 syntax)")
  private String run = "";

  @Option(
      names = {"-c", "--coverage"},
      description = "report which rows the tests came to, as JSON")
  private boolean coverage;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      description = "exit with 2 when less of the rows is covered")
  private @Nullable Double threshold;

  @Option(
      names = {"-z", "--exit-zero-on-skipped"},
      description = "skipped tests do not change the exit code")
  private boolean skippedIsFine;

  @Option(names = "--fail-on-empty", description = "exit with 1 when no test was run")
  private boolean failOnEmpty;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.Work.class,
      description = "longest time of a test; 5s unless given")
  private Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = {"-p", "--parallel"},
      paramLabel = "N",
      converter = Counts.class,
      description = "tests at a time; as many as there are processors unless given")
  private int parallel = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-S", "--strict"},
      description = "also refuse unused variables, unused imports and the like")
  private boolean strict;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyTestCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (threshold != null && !(threshold >= 0 && threshold <= 100)) {
      err.println("Code coverage threshold must be between 0 and 100");
      return ExitCodes.REFUSED;
    }
    try {
      TestOptions options = options();
      RegoPolicy policy = paths.modulesAndData().strict(strict).tests(true).compile();
      return report(RegoTests.run(policy, options));
    } catch (RegoLoadException e) {
      err.println(e.getMessage());
    } catch (RegoCompileException e) {
      err.println(PolicyErrors.ofFiles(e.errors()));
    } catch (IllegalArgumentException e) {
      err.println("--run: " + e.getMessage());
    }
    return ExitCodes.REFUSED;
  }

  private TestOptions options() {
    TestOptions options =
        TestOptions.ofDefaults().withTimeout(timeout).withThreads(parallel).matching(run);
    if (format == ReportFormat.PRETTY) {
      options = options.explainingFailures();
    }
    return coverage || threshold != null ? options.withCoverage() : options;
  }

  private int report(TestReport report) {
    PrintWriter out = spec.commandLine().getOut();
    CoverageReport covered = report.coverage();
    if (covered != null) {
      return covered(report, covered);
    }
    if (format == ReportFormat.JSON) {
      out.println(PrettyJson.of(TestJson.of(report)));
    } else {
      new TestPrinter(out, verbose).print(report);
    }
    return code(report);
  }

  /** The coverage of tests that fail says little: then they are shown instead. */
  private int covered(TestReport report, CoverageReport covered) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (!report.ok()) {
      new TestPrinter(out, verbose).print(report);
      return ExitCodes.REFUSED;
    }
    if (threshold != null && covered.percent() < threshold) {
      err.printf(
          "Code coverage threshold not met: got %.2f instead of %.2f%n",
          covered.percent(), threshold);
      return FAILED;
    }
    out.println(PrettyJson.of(covered.toJson()));
    return code(report);
  }

  private int code(TestReport report) {
    if (failOnEmpty && report.results().isEmpty()) {
      spec.commandLine().getErr().println("no tests were run");
      return ExitCodes.REFUSED;
    }
    boolean fine = report.ok() && (skippedIsFine || report.count(Outcome.SKIPPED) == 0);
    return fine ? ExitCodes.OK : FAILED;
  }
}
