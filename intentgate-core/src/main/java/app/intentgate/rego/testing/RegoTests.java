package app.intentgate.rego.testing;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.TestRule;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.rego.testing.TestResult.Outcome;
import app.intentgate.rego.trace.Coverage;
import app.intentgate.rego.trace.EvalObserver;
import app.intentgate.rego.trace.Trace;
import app.intentgate.rego.trace.TraceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs the tests of a policy. Immutable and thread-safe. */
public final class RegoTests {
  /** Tests may do more than a decision in the request path: ten times the steps and values. */
  private static final EvalLimits LIMITS =
      EvalLimits.ofDefaults()
          .withMaxSteps(100_000_000)
          .withMaxValues(10_000_000)
          .withMaxStringBytes(160L << 20);

  private static final int TRACED_EVENTS = 10_000;

  private final RegoPolicy policy;
  private final TestOptions options;
  private final Coverage coverage = new Coverage();

  private RegoTests(RegoPolicy policy, TestOptions options) {
    this.policy = policy;
    this.options = options;
  }

  /**
   * Runs the tests of a policy, which was compiled with {@link RegoPolicy.Builder#tests}.
   *
   * @throws InterruptedException when the caller is interrupted while tests run
   */
  public static TestReport run(RegoPolicy policy, TestOptions options) throws InterruptedException {
    return new RegoTests(policy, options).run();
  }

  private TestReport run() throws InterruptedException {
    List<TestRule> chosen = new ArrayList<>();
    for (TestRule test : policy.tests()) {
      if (options.selects(test.packagePath() + "." + test.name())) {
        chosen.add(test);
      }
    }
    List<TestResult> results = options.threads() == 1 ? inTurn(chosen) : together(chosen);
    return new TestReport(
        results, options.coverage() ? coverage.report(policy.coverableRows()) : null);
  }

  private List<TestResult> inTurn(List<TestRule> tests) {
    List<TestResult> results = new ArrayList<>(tests.size());
    tests.forEach(test -> results.add(guarded(test)));
    return results;
  }

  private List<TestResult> together(List<TestRule> tests) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(options.threads());
    try {
      List<Future<TestResult>> running = new ArrayList<>(tests.size());
      for (TestRule test : tests) {
        running.add(pool.submit(() -> guarded(test)));
      }
      List<TestResult> results = new ArrayList<>(tests.size());
      for (Future<TestResult> future : running) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** A test that needs more memory than there is ends in an error, and the others go on. */
  private TestResult guarded(TestRule test) {
    try {
      return result(test);
    } catch (StackOverflowError | OutOfMemoryError e) {
      RegoError error =
          RegoError.of(
              ErrorCode.EVAL_CANCEL, test.location(), "the test needs more memory than there is");
      return new TestResult(test, Outcome.ERROR, 0, error, List.of(), List.of(), "");
    }
  }

  private TestResult result(TestRule test) {
    if (test.skipped()) {
      return new TestResult(test, Outcome.SKIPPED, 0, null, List.of(), List.of(), "");
    }
    if (test.cases().stream().flatMap(c -> c.keys().stream()).anyMatch(RegoTests::isUnknown)) {
      RegoError error =
          RegoError.of(
              ErrorCode.EVAL_INTERNAL,
              test.location(),
              "the names of a test's cases must be variables or constants");
      return new TestResult(test, Outcome.ERROR, 0, error, List.of(), List.of(), "");
    }
    List<EvalObserver> observers = new ArrayList<>();
    CaseObserver cases = test.cases().isEmpty() ? null : new CaseObserver(test);
    if (cases != null) {
      observers.add(cases);
    }
    Coverage covered = options.coverage() ? new Coverage() : null;
    if (covered != null) {
      observers.add(covered);
    }
    TestResult result = evaluate(test, observers, cases);
    if (covered != null) {
      synchronized (coverage) {
        coverage.addAll(covered);
      }
    }
    boolean failed = result.outcome() == Outcome.FAIL || result.outcome() == Outcome.ERROR;
    return failed && options.explain() ? result.explained(trace(test)) : result;
  }

  private static boolean isUnknown(TestRule.Key key) {
    return key.variable() == null && key.fixed() == null;
  }

  private TestResult evaluate(
      TestRule test, List<EvalObserver> observers, @Nullable CaseObserver cases) {
    List<String> output = new ArrayList<>();
    EvalOptions.Builder how = evaluation(output);
    PreparedQuery query;
    if (observers.isEmpty()) {
      query = policy.prepare(test.query());
    } else {
      query = policy.prepareObserved(test.query());
      how.observer(EvalObserver.all(observers));
    }
    EvalOptions prepared = how.build();
    long start = System.nanoTime();
    try {
      JsonValue value = query.value(null, prepared);
      long nanos = System.nanoTime() - start;
      if (test.cases().isEmpty()) {
        Outcome outcome = value == JsonBoolean.TRUE ? Outcome.PASS : Outcome.FAIL;
        return new TestResult(test, outcome, nanos, null, List.of(), output, "");
      }
      List<CaseResult> found = Cases.of(value, cases == null ? List.of() : cases.tried());
      boolean passed = !found.isEmpty() && found.stream().allMatch(CaseResult::passed);
      return new TestResult(
          test, passed ? Outcome.PASS : Outcome.FAIL, nanos, null, found, output, "");
    } catch (RegoEvalException e) {
      long nanos = System.nanoTime() - start;
      return new TestResult(test, Outcome.ERROR, nanos, e.error(), List.of(), output, "");
    }
  }

  private EvalOptions.Builder evaluation(List<String> output) {
    return EvalOptions.builder()
        .limits(LIMITS.withDeadline(options.timeout()))
        .printer(output::add);
  }

  private String trace(TestRule test) {
    Trace trace = Trace.ofAtMost(TRACED_EVENTS);
    EvalOptions how = evaluation(new ArrayList<>()).observer(trace).build();
    try {
      policy.prepareObserved(test.query()).value(null, how);
    } catch (RegoEvalException expected) {
      // The same failure as before; what led to it is in the trace.
      return TraceTree.print(trace);
    }
    return TraceTree.print(trace);
  }
}
