package app.intentgate.rego.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.testing.TestResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RegoTestsTest {
  static final List<String> TEMPLATES = BuiltInPolicies.TEMPLATES;

  private static TestReport run(String tests, TestOptions options) throws InterruptedException {
    String policy =
        """
        package authz
        default allow := false
        allow if input.user == "ann"
        never if input.user == "bob"
        """;
    return RegoTests.run(
        RegoPolicy.builder()
            .module("authz.rego", policy)
            .module("authz_test.rego", "package authz_test\nimport data.authz\n" + tests)
            .tests(true)
            .compile(),
        options);
  }

  private static List<String> outcomes(String tests) throws InterruptedException {
    List<String> said = new ArrayList<>();
    for (TestResult r : run(tests, TestOptions.ofDefaults().withThreads(2)).results()) {
      said.add(r.test().name() + " " + r.outcome());
    }
    return said;
  }

  @Test
  void true_passes_and_everything_else_does_not() throws Exception {
    assertThat(
            outcomes(
                """
                test_ok if authz.allow with input as {"user": "ann"}
                test_undefined if authz.allow with input as {"user": "bob"}
                test_false := false
                test_text := "true"
                test_set contains "x"
                test_conflict := 1 if true
                test_conflict := 2 if true
                todo_test_later if authz.nothing
                test_helper(x) if x
                helper if true
                a.b.test_deep if true
                test_builtin_error if 1 / 0
                """))
        .containsExactly(
            "test_ok PASS",
            "test_undefined FAIL",
            "test_false FAIL",
            "test_text FAIL",
            "test_set FAIL",
            "test_conflict FAIL",
            "test_conflict#01 FAIL",
            "todo_test_later SKIPPED",
            "a.b.test_deep PASS",
            "test_builtin_error FAIL");
  }

  @Test
  void tests_of_one_name_are_not_one_rule_that_holds_when_one_of_them_does() throws Exception {
    assertThat(outcomes("test_x if true\ntest_x if false\ntest_x if true"))
        .containsExactly("test_x PASS", "test_x#01 FAIL", "test_x#02 PASS");
  }

  @Test
  void an_evaluation_without_an_answer_is_an_error() throws Exception {
    TestReport report = run("p := 1\np := 2 if true\ntest_conflict if p", TestOptions.ofDefaults());
    TestResult result = report.results().get(0);
    assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(result.error())
        .hasToString(
            "authz_test.rego:4: eval_conflict_error: complete rules must not produce multiple"
                + " outputs");
    assertThat(report.ok()).isFalse();
  }

  @Test
  void cases_are_told_apart_and_one_that_fails_fails_the_test() throws Exception {
    TestReport report =
        run(
            """
            test_concat[note] if {
              some note, tc in {
                "empty": {"a": [], "b": [], "exp": []},
                "one": {"a": [1], "b": [], "exp": [1]},
                "wrong": {"a": [1], "b": [2], "exp": [2]},
              }
              act := array.concat(tc.a, tc.b)
              act == tc.exp
            }
            test_more[name] if { name := "fine"; true }
            test_more[name] if { name := "bad"; 1 == 2 }
            test_fixed["k"] if 1 == 1
            test_none[x] if { some x in []; true }
            """,
            TestOptions.ofDefaults());
    assertThat(report.results())
        .extracting(TestResult::outcome)
        .containsExactly(Outcome.FAIL, Outcome.FAIL, Outcome.PASS, Outcome.FAIL);
    assertThat(report.results().get(0).cases())
        .extracting(c -> c.name() + " " + c.passed())
        .containsExactly("empty true", "one true", "wrong false");
    assertThat(report.results().get(1).cases())
        .extracting(c -> c.name() + " " + c.passed())
        .containsExactly("bad false", "fine true");
  }

  @Test
  void nested_cases_are_groups() throws Exception {
    TestReport report =
        run(
            """
            test_nested[note][alg] if {
              some note, tc in {"claims": 1, "none": 2}
              some alg in ["a", "b", "c"]
              f(alg) != "b"
              tc > 0
            }
            f(x) := x
            """,
            TestOptions.ofDefaults());
    TestResult result = report.results().get(0);
    assertThat(result.cases()).extracting(CaseResult::name).containsExactly("claims", "none");
    assertThat(result.cases().get(1).cases())
        .extracting(c -> c.name() + " " + c.passed())
        .containsExactly("a true", "b false", "c true");
  }

  @Test
  void a_failure_shows_the_expression_and_its_values_and_what_was_printed() throws Exception {
    TestReport report =
        run(
            "test_x if {\n  u := \"bob\"\n  print(\"user\", u)\n"
                + "  authz.allow with input as {\"user\": u}\n}",
            TestOptions.ofDefaults().explainingFailures());
    TestResult result = report.results().get(0);
    assertThat(result.output()).containsExactly("user bob");
    assertThat(result.trace())
        .contains("authz_test.rego:6")
        .contains("FAILS  authz.allow with input as {\"user\": u}")
        .contains("input.user = \"bob\"");
  }

  @Test
  void a_test_that_does_not_end_is_ended() throws Exception {
    TestReport report =
        run(
            "test_long if { some x in numbers.range(1, 100000); some y in numbers.range(1, 100000);"
                + " x == -y }",
            TestOptions.ofDefaults().withTimeout(java.time.Duration.ofMillis(50)));
    assertThat(report.results().get(0).error())
        .hasToString("eval_cancel_error: caller cancelled query execution");
  }

  @Test
  void a_pattern_chooses_by_the_full_name() throws Exception {
    String tests = "test_a if true\ntest_b if true";
    assertThat(run(tests, TestOptions.ofDefaults().matching("authz_test\\.test_[b-z]$")).results())
        .extracting(TestResult::fullName)
        .containsExactly("data.authz_test.test_b");
    assertThatThrownBy(() -> TestOptions.ofDefaults().matching("("))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void coverage_counts_rows_over_all_tests() throws Exception {
    TestReport report =
        run(
            "test_a if authz.allow with input as {\"user\": \"ann\"}",
            TestOptions.ofDefaults().withCoverage());
    assertThat(report.coverage()).isNotNull();
    assertThat(report.coverage().files().get("authz.rego").covered()).contains(3);
    assertThat(report.coverage().files().get("authz.rego").notCovered()).contains(4);
  }

  @ParameterizedTest
  @FieldSource("TEMPLATES")
  void the_templates_pass_their_own_tests(String name) throws Exception {
    TestReport report =
        RegoTests.run(
            RegoPolicy.builder()
                .module(name + ".rego", BuiltInPolicies.template(name))
                .module(name + "_test.rego", BuiltInPolicies.templateTests(name))
                .tests(true)
                .compile(),
            TestOptions.ofDefaults());
    assertThat(report.results()).isNotEmpty();
    assertThat(report.results()).allMatch(r -> r.outcome() == Outcome.PASS);
  }
}
