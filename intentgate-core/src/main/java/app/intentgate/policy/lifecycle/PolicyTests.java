package app.intentgate.policy.lifecycle;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.lint.PolicyModule;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.spi.EvalLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the tests of a draft: each rule whose name starts with {@code test_} passes when it is true.
 * Bounded: at most 1,000 tests, a second each, ten seconds in all.
 */
final class PolicyTests {
  private static final String FILE = "intentgate_policy_test.rego";
  private static final int MAX_TESTS = 1_000;
  private static final Duration EACH = Duration.ofSeconds(1);
  private static final Duration ALL = Duration.ofSeconds(10);

  private PolicyTests() {}

  /** What the tests of a draft came to, as it is answered. */
  record Results(int passed, List<String> failed, JsonObject document) {
    boolean green() {
      return failed.isEmpty() && passed > 0;
    }
  }

  /**
   * Runs tests against a policy.
   *
   * @throws PolicyChangeException when the tests do not compile, or are too many
   */
  static Results run(String source, String tests) {
    RegoPolicy policy;
    try {
      policy =
          RegoPolicy.builder().module(PolicyCompiler.FILE, source).module(FILE, tests).compile();
    } catch (RegoCompileException e) {
      throw PolicyCompiler.refused("tests compile error: ", e.errors());
    }
    List<String> names =
        PolicyModule.parse(FILE, tests).map(m -> m.rulesStartingWith("test_")).orElse(List.of());
    if (names.size() > MAX_TESTS) {
      throw PolicyChangeException.invalid("tests_source has more than " + MAX_TESTS + " tests");
    }
    return run(policy, names);
  }

  private static Results run(RegoPolicy policy, List<String> names) {
    EvalOptions options =
        EvalOptions.builder().limits(EvalLimits.ofDefaults().withDeadline(EACH)).build();
    long end = System.nanoTime() + ALL.toNanos();
    List<String> failed = new ArrayList<>();
    List<JsonValue> rows = new ArrayList<>();
    for (String name : names) {
      String error = "";
      boolean passed = false;
      if (System.nanoTime() - end > 0) {
        error = "not run: the tests before it took " + ALL.toSeconds() + " seconds";
      } else {
        try {
          passed = policy.prepare(name).value(null, options) == JsonBoolean.TRUE;
        } catch (RegoEvalException e) {
          error = e.error().toString();
        } catch (RegoCompileException | IllegalStateException e) {
          error = String.valueOf(e.getMessage());
        }
      }
      if (!passed) {
        failed.add(name);
      }
      JsonObject.Builder row = JsonObject.builder(3).put("name", name).put("passed", passed);
      if (!error.isEmpty()) {
        row.put("error", error);
      }
      rows.add(row.build());
    }
    int passed = names.size() - failed.size();
    JsonObject document =
        JsonObject.builder(3)
            .put("passed", passed)
            .put("failed", failed.size())
            .put("tests", JsonArray.copyOf(rows))
            .build();
    return new Results(passed, failed, document);
  }
}
